package io.github.kameleoonservlet.internal.kameleoon;

import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A third-party jar in the version that this library and Kameleoon's SDK need.
 *
 * @param lowest the lowest version that works, as {@code docs/recipes.md} shows
 * @param members the members that exist since this version, or that an incompatible jar lacks: the
 *     class, {@code #}, the method ({@code new} for a constructor), and the types of the
 *     parameters. With {@code !} at the end, the static method without parameters is also called
 */
record RequiredJar(String name, String lowest, List<String> members) {

  private static final Pattern JAR = Pattern.compile("([^/]+\\.jar)(?:!/.*)?$");
  private static final Pattern MEMBER = Pattern.compile("([^#]+)#([^(]+)\\(([^)]*)\\)!?");
  private static final String CALLED = "!";

  /**
   * Returns what is wrong with the jar in the web application, or null. A jar that is missing is
   * not old.
   */
  @Nullable String fault(ClassLoader loader) {
    for (String member : members) {
      String type = member.substring(0, member.indexOf('#'));
      if (loader.getResource(type.replace('.', '/') + ".class") == null
          && loader.getResource(firstType().replace('.', '/') + ".class") == null) {
        return null;
      }
      try {
        require(member, loader);
      } catch (InvocationTargetException e) {
        return describe(type, loader, String.valueOf(e.getCause()));
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        return describe(type, loader, member.replace(CALLED, "") + " cannot be used: " + e);
      }
    }
    return null;
  }

  private String firstType() {
    return members.get(0).substring(0, members.get(0).indexOf('#'));
  }

  private static void require(String member, ClassLoader loader)
      throws ReflectiveOperationException {
    Matcher parts = MEMBER.matcher(member);
    if (!parts.matches()) {
      throw new IllegalArgumentException(member);
    }
    Class<?> type = Class.forName(parts.group(1), true, loader);
    List<Class<?>> parameters = new ArrayList<>();
    for (String name : parts.group(3).split(",", -1)) {
      if (!name.isEmpty()) {
        parameters.add(name.equals("int") ? int.class : Class.forName(name, false, loader));
      }
    }
    Class<?>[] types = parameters.toArray(Class<?>[]::new);
    Executable found =
        parts.group(2).equals("new")
            ? type.getConstructor(types)
            : type.getMethod(parts.group(2), types);
    if (member.endsWith(CALLED)) {
      ((Method) found).invoke(null);
    }
  }

  private String describe(String type, ClassLoader loader, String cause) {
    return place(type, loader)
        + " (needed: "
        + name
        + " "
        + lowest
        + " or later; "
        + cause.lines().findFirst().orElse("")
        + ")";
  }

  /** Returns the file name of the jar that a class comes from, and the version of its manifest. */
  private String place(String type, ClassLoader loader) {
    String seen = type;
    if (loader.getResource(type.replace('.', '/') + ".class") == null) {
      seen = firstType();
    }
    try {
      Class<?> loaded = Class.forName(seen, false, loader);
      CodeSource source = loaded.getProtectionDomain().getCodeSource();
      URL url = source == null ? null : source.getLocation();
      Package room = loaded.getPackage();
      String version = room == null ? null : room.getImplementationVersion();
      Matcher jar = JAR.matcher(String.valueOf(url));
      return (jar.find() ? jar.group(1) : name) + (version == null ? "" : " of version " + version);
    } catch (ClassNotFoundException | LinkageError e) {
      return name;
    }
  }
}
