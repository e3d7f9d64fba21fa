package io.github.kameleoonservlet.installer;

import io.github.kameleoonservlet.installer.ClassFile.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether the application's jars that stay have the classes and members that the added jars use.
 */
final class KeptJars {

  private final Map<Library, List<Library>> kept;
  private final Linkage linkage;

  /** The uses of the added jars, each with one of the jars that have it. */
  private final Map<Reference, Library> uses;

  private KeptJars(
      Map<Library, List<Library>> kept, Linkage linkage, Map<Reference, Library> uses) {
    this.kept = kept;
    this.linkage = linkage;
    this.uses = uses;
  }

  /**
   * Reads the jars.
   *
   * @param brought the jars of the edition
   * @param kept the application's jars that are in the place of one of {@code brought}
   */
  static KeptJars read(List<Library> brought, Map<Library, List<Library>> kept) throws IOException {
    Map<String, ClassFile> all = new HashMap<>();
    Map<Reference, Library> uses = new HashMap<>();
    for (Library library : kept.isEmpty() ? List.<Library>of() : brought) {
      List<Library> instead = kept.get(library);
      if (instead == null) {
        Map<String, ClassFile> classes = library.classes();
        classes.forEach(all::putIfAbsent);
        classes.values().stream()
            .flatMap(user -> user.references().stream())
            .forEach(use -> uses.putIfAbsent(use, library));
      } else {
        for (Library jar : instead) {
          jar.classes().forEach(all::putIfAbsent);
        }
      }
    }
    return new KeptJars(kept, new Linkage(all), uses);
  }

  /** Returns one line for each jar that can stay. */
  List<String> staying() {
    List<String> lines = new ArrayList<>();
    kept.forEach(
        (library, same) -> {
          if (missing(library).isEmpty()) {
            int checked = usesOf(library).size();
            lines.add(
                named(same)
                    + " stays in place of "
                    + library.identity().version()
                    + ": "
                    + (checked == 0
                        ? "no added jar calls it directly"
                        : "all " + checked + " classes and members that the added jars use exist"));
          }
        });
    return lines;
  }

  /** Returns one sentence for each jar that cannot stay. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    kept.forEach(
        (library, same) -> {
          List<Reference> missing = missing(library);
          if (!missing.isEmpty()) {
            Reference first = missing.get(0);
            problems.add(
                named(same)
                    + " does not have "
                    + first.readable()
                    + (missing.size() == 1 ? "" : " and " + (missing.size() - 1) + " others")
                    + ", which "
                    + uses.getOrDefault(first, library).fileName()
                    + " uses. --replace "
                    + library.identity().artifact()
                    + " puts version "
                    + library.identity().version()
                    + " in its place.");
          }
        });
    return problems;
  }

  private List<Reference> missing(Library library) {
    return usesOf(library).keySet().stream().filter(use -> !linkage.resolves(use)).toList();
  }

  private Map<Reference, Library> usesOf(Library library) {
    Map<Reference, Library> found = new TreeMap<>(Reference.ORDER);
    uses.forEach(
        (use, user) -> {
          if (library.classNames().contains(use.owner())) {
            found.put(use, user);
          }
        });
    return found;
  }

  private static String named(List<Library> same) {
    Identity identity = same.get(0).identity();
    return LibraryPlan.names(same)
        + " (version "
        + identity.version()
        + ", from "
        + identity.source()
        + ")";
  }
}
