package io.github.kameleoonservlet.internal.jars;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Executable;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A third-party jar in the version that this library and Kameleoon's SDK need.
 *
 * @param name the artifact
 * @param lowest the lowest version that works, as {@code docs/recipes.md} shows
 * @param type a class that all versions of the jar contain
 * @param use the only use of the members; null if each version of this library or of the SDK uses
 *     them
 * @param members the members that exist since this version: the class, {@code #}, the method
 *     ({@code new} for a constructor), and the types of the parameters
 */
record RequiredJar(
    String name, String lowest, String type, @Nullable Use use, List<String> members) {

  private static final Pattern JAR = Pattern.compile("([^/]+\\.jar)(?:!/.*)?$");

  /** A manifest can contain these characters, which change a terminal or start another line. */
  private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private static final Pattern MEMBER = Pattern.compile("([^#]+)#([^(]+)\\(([^)]*)\\)");
  private static final Map<String, Class<?>> PRIMITIVES =
      Map.of("char", char.class, "int", int.class, "long", long.class);

  RequiredJar(String name, String lowest, String type, String... members) {
    this(name, lowest, type, null, List.of(members));
  }

  /**
   * A class of another jar whose code names a text, for example the descriptor of a method. Other
   * versions of that jar do not need the members.
   *
   * @param beside a class of a third jar; without this class the members are not required, because
   *     that jar is old or missing
   */
  record Use(String type, String text, String beside) {

    private boolean exists(ClassLoader loader, Map<String, String> classFiles) {
      return loader.getResource(resource(beside)) != null
          && classFiles.computeIfAbsent(type, name -> classFile(name, loader)).contains(text);
    }

    private static String classFile(String name, ClassLoader loader) {
      try (InputStream file = loader.getResourceAsStream(resource(name))) {
        return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
      } catch (IOException e) {
        // The JVM cannot load the class either.
        return "";
      }
    }
  }

  /**
   * Returns what is wrong with the jar in the web application, or null. A jar that is missing is
   * not old.
   *
   * @param classFiles the class files that earlier calls have read, by the names of the classes
   */
  @Nullable String fault(ClassLoader loader, Map<String, String> classFiles) {
    if (loader.getResource(resource(type)) == null
        || (use != null && !use.exists(loader, classFiles))) {
      return null;
    }
    for (String member : members) {
      try {
        require(member, loader);
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        return place(loader) + " (needed: " + name + " " + lowest + " or later; " + cause(e) + ")";
      }
    }
    return null;
  }

  /** Returns whether a text names the class of a member, with dots or with slashes. */
  boolean hasMemberOfClassIn(String text) {
    String names = text.replace('/', '.');
    return members.stream()
        .anyMatch(member -> names.contains(member.substring(0, member.indexOf('#'))));
  }

  private static void require(String member, ClassLoader loader)
      throws ReflectiveOperationException {
    Matcher parts = MEMBER.matcher(member);
    if (!parts.matches()) {
      throw new IllegalArgumentException(member);
    }
    Class<?> owner = Class.forName(parts.group(1), true, loader);
    List<Class<?>> parameters = new ArrayList<>();
    for (String parameter : parts.group(3).split(",", -1)) {
      if (!parameter.isEmpty()) {
        Class<?> primitive = PRIMITIVES.get(parameter);
        parameters.add(primitive == null ? Class.forName(parameter, false, loader) : primitive);
      }
    }
    Class<?>[] types = parameters.toArray(Class<?>[]::new);
    Executable unused =
        parts.group(2).equals("new")
            ? owner.getConstructor(types)
            : owner.getMethod(parts.group(2), types);
  }

  private static String cause(Throwable fault) {
    return fault.toString().lines().findFirst().orElse("");
  }

  /** Returns the file name of the jar, and the version of its manifest. */
  private String place(ClassLoader loader) {
    try {
      Class<?> loaded = Class.forName(type, false, loader);
      CodeSource source = loaded.getProtectionDomain().getCodeSource();
      URL url = source == null ? null : source.getLocation();
      Package room = loaded.getPackage();
      String version = room == null ? null : room.getImplementationVersion();
      Matcher jar = JAR.matcher(String.valueOf(url));
      String place =
          (jar.find() ? jar.group(1) : name) + (version == null ? "" : " of version " + version);
      return NOT_PRINTABLE.matcher(place).replaceAll("?");
    } catch (ClassNotFoundException | LinkageError e) {
      return name;
    }
  }

  private static String resource(String className) {
    return className.replace('.', '/') + ".class";
  }
}
