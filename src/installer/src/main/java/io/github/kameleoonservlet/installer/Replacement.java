package io.github.kameleoonservlet.installer;

import io.github.kameleoonservlet.installer.ClassFile.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the application's jars use of a replaced jar, and the new jar does not have. */
final class Replacement {

  private Replacement() {}

  /**
   * Returns a line for each jar of the application that uses something which only the old version
   * has.
   */
  static List<String> warnings(List<Library> removed, List<Library> added, List<Library> present)
      throws IOException {
    List<String> lines = new ArrayList<>();
    if (removed.isEmpty()) {
      return lines;
    }
    Map<String, ClassFile> before = classes(removed);
    Linkage linkageBefore = new Linkage(before);
    Linkage linkageAfter = new Linkage(classes(added));
    Set<String> owners = before.keySet();
    for (Library jar : present) {
      if (!removed.contains(jar)) {
        List<Reference> lost =
            linkageAfter.missing(jar.classes().values(), owners).stream()
                .filter(linkageBefore::resolves)
                .toList();
        if (!lost.isEmpty()) {
          lines.add(
              "check "
                  + jar.fileName()
                  + ": it uses "
                  + lost.get(0).readable()
                  + (lost.size() > 1 ? " and " + (lost.size() - 1) + " others" : "")
                  + ", which no added jar has");
        }
      }
    }
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
