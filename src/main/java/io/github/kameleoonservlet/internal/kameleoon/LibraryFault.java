package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.KameleoonClient;
import java.io.IOException;
import java.net.URL;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The explanation of a {@link LinkageError} in the SDK. The cause is a library of the application
 * in another version than the SDK needs.
 */
final class LibraryFault {

  private static final ClassLoader LOADER = KameleoonClient.class.getClassLoader();
  private static final Pattern CLASS_NAME =
      Pattern.compile("[A-Za-z_$][\\w$]*(?:[./][A-Za-z_$][\\w$]*)+");
  private static final Pattern JAR = Pattern.compile("([^/]+\\.jar)(?:!/.*|/.*)?$");
  private static final int MAX_CAUSES = 10;
  private static final int MAX_CLASSES = 3;

  private LibraryFault() {}

  /**
   * Returns the innermost linkage error. This error names the incompatible class, and the outer
   * errors name the classes that use the incompatible class.
   *
   * @return null if neither the fault nor any of its causes is a linkage error
   */
  static @Nullable LinkageError find(Throwable fault) {
    LinkageError found = null;
    Throwable next = fault;
    for (int i = 0; next != null && i < MAX_CAUSES; i++) {
      found = next instanceof LinkageError error ? error : found;
      next = next.getCause();
    }
    return found;
  }

  /**
   * Returns a text for the log: the incompatible classes, the jars that contain them, and the cure.
   */
  static String explain(LinkageError error) {
    StringBuilder text = new StringBuilder(error.toString().lines().findFirst().orElse(""));
    Set<String> names = namedClasses(error);
    String cure =
        "Add the missing jar to WEB-INF/lib: SECURITY.md of kameleoon-servlet lists"
            + " the required jars";
    for (String name : names) {
      List<String> jars = jars(name);
      String first = jars.get(0);
      text.append(". ").append(name).append(" comes from ").append(first);
      if (jars.size() > 1) {
        text.append(", and is also in ").append(String.join(", ", jars.subList(1, jars.size())));
        cure = "Remove the older jar from WEB-INF/lib";
      } else if (!cure.startsWith("Remove")) {
        cure = "Upgrade " + first + " in WEB-INF/lib, or remove it";
      }
    }
    return text.append(". ").append(cure).append('.').toString();
  }

  /**
   * Returns the classes of jars that the error's message names. If the message names no such class,
   * returns the class that threw the error.
   */
  private static Set<String> namedClasses(LinkageError error) {
    Set<String> found = new LinkedHashSet<>();
    Matcher names = CLASS_NAME.matcher(String.valueOf(error.getMessage()));
    while (names.find() && found.size() < MAX_CLASSES) {
      String name = names.group().replace('/', '.');
      // "a.b.C.method": the last part may be the missing member.
      for (String candidate : List.of(name, name.substring(0, name.lastIndexOf('.')))) {
        if (!candidate.startsWith("com.kameleoon.") && !jars(candidate).isEmpty()) {
          found.add(candidate);
          break;
        }
      }
    }
    StackTraceElement[] trace = error.getStackTrace();
    if (found.isEmpty() && !(error instanceof NoClassDefFoundError) && trace.length > 0) {
      String thrower = trace[0].getClassName();
      if (!jars(thrower).isEmpty()) {
        found.add(thrower);
      }
    }
    return found;
  }

  /**
   * Returns the jars that contain a class, beginning with the jar that the class is loaded from;
   * empty for a class of the JDK.
   */
  private static List<String> jars(String className) {
    Set<String> jars = new LinkedHashSet<>();
    String resource = className.replace('.', '/') + ".class";
    try {
      for (URL place : Collections.list(LOADER.getResources(resource))) {
        if ("jrt".equals(place.getProtocol())) {
          return List.of();
        }
        jars.add(jar(place.toString()));
      }
    } catch (IOException e) {
      return List.of();
    }
    List<String> ordered = new ArrayList<>(jars);
    String used = jars.isEmpty() ? null : loadedFrom(className);
    if (used != null) {
      ordered.remove(used);
      ordered.add(0, used);
    }
    return ordered;
  }

  /**
   * Returns the jar that a class is loaded from; null if unknown. The first resource may be another
   * jar, because servers list shared jars first, but load from shared jars last.
   */
  private static @Nullable String loadedFrom(String className) {
    try {
      CodeSource source =
          Class.forName(className, false, LOADER).getProtectionDomain().getCodeSource();
      return source == null || source.getLocation() == null
          ? null
          : jar(source.getLocation().toString());
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  private static String jar(String place) {
    Matcher jar = JAR.matcher(place);
    return jar.find() ? jar.group(1) : place;
  }
}
