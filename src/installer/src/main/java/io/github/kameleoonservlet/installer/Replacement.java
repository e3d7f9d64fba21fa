package io.github.kameleoonservlet.installer;

import io.github.kameleoonservlet.installer.ClassFile.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the application uses of a replaced jar, and the new jar does not have. */
final class Replacement {

  private Replacement() {}

  /**
   * Returns a line for each jar of the application, and one for its own classes, that use something
   * which only the old version has.
   *
   * @param own the classes in {@code WEB-INF/classes}
   */
  static List<String> warnings(
      List<Library> removed, List<Library> added, List<Library> present, Collection<ClassFile> own)
      throws IOException {
    List<String> lines = new ArrayList<>();
    if (removed.isEmpty()) {
      return lines;
    }
    Map<String, ClassFile> before = classes(removed);
    Linkage linkageBefore = new Linkage(before);
    Linkage linkageAfter = new Linkage(classes(added));
    Set<String> owners = before.keySet();
    Map<String, Collection<ClassFile>> users = new LinkedHashMap<>();
    users.put("WEB-INF/classes", own);
    for (Library jar : present) {
      if (!removed.contains(jar)) {
        users.put(jar.fileName(), jar.classes().values());
      }
    }
    users.forEach(
        (user, classes) -> {
          List<Reference> lost =
              linkageAfter.missing(classes, owners).stream()
                  .filter(linkageBefore::resolves)
                  .toList();
          if (!lost.isEmpty()) {
            lines.add(
                "check "
                    + user
                    + ": it uses "
                    + Reference.listed(lost)
                    + ", which no added jar has");
          }
        });
    return lines;
  }

  private static Map<String, ClassFile> classes(List<Library> jars) throws IOException {
    Map<String, ClassFile> classes = new HashMap<>();
    for (Library jar : jars) {
      classes.putAll(jar.classes());
    }
    return classes;
  }
}
