package io.github.kameleoonservlet.installer;

import io.github.kameleoonservlet.installer.ClassFile.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether the application's jars that stay have the classes and members that the added jars use,
 * and the added jars those that the staying jars use.
 */
final class KeptJars {

  private final Map<Library, List<Library>> kept;
  private final Linkage linkage;

  /** The uses of the added jars, each with one of the jars that have it. */
  private final Map<Reference, Library> uses;

  /** The classes of the added jars, each with its jar. */
  private final Map<String, Library> added;

  private KeptJars(
      Map<Library, List<Library>> kept,
      Linkage linkage,
      Map<Reference, Library> uses,
      Map<String, Library> added) {
    this.kept = kept;
    this.linkage = linkage;
    this.uses = uses;
    this.added = added;
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
    Map<String, Library> added = new HashMap<>();
    for (Library library : kept.isEmpty() ? List.<Library>of() : brought) {
      List<Library> instead = kept.get(library);
      if (instead == null) {
        Map<String, ClassFile> classes = library.classes();
        classes.forEach(all::putIfAbsent);
        classes.keySet().forEach(name -> added.putIfAbsent(name, library));
        classes.values().stream()
            .flatMap(user -> user.references().stream())
            .forEach(use -> uses.putIfAbsent(use, library));
      } else {
        for (Library jar : instead) {
          jar.classes().forEach(all::putIfAbsent);
        }
      }
    }
    return new KeptJars(kept, new Linkage(all), uses, added);
  }

  /** Returns one line for each jar that can stay. */
  List<String> staying() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<Library, List<Library>> place : kept.entrySet()) {
      Library library = place.getKey();
      if (missing(library).isEmpty() && unmet(place.getValue()).isEmpty()) {
        int checked = usesOf(library).size();
        lines.add(
            named(place.getValue())
                + " stays in place of "
                + library.identity().version()
                + ": "
                + (checked == 0
                    ? "no added jar calls it directly"
                    : "all " + checked + " classes and members that the added jars use exist"));
      }
    }
    return lines;
  }

  /** Returns one sentence for each jar that cannot stay. */
  List<String> problems() throws IOException {
    List<String> problems = new ArrayList<>();
    for (Map.Entry<Library, List<Library>> place : kept.entrySet()) {
      Library library = place.getKey();
      List<Library> same = place.getValue();
      List<Reference> missing = missing(library);
      List<Reference> unmet = unmet(same);
      if (!missing.isEmpty()) {
        Library user = uses.getOrDefault(missing.get(0), library);
        problems.add(
            named(same)
                + " does not have "
                + Reference.listed(missing)
                + ", which "
                + user.fileName()
                + " uses. "
                + cure(library));
      } else if (!unmet.isEmpty()) {
        Library without = added.getOrDefault(unmet.get(0).owner(), library);
        problems.add(
            named(same)
                + " uses "
                + Reference.listed(unmet)
                + ", which the added "
                + without.fileName()
                + " does not have. "
                + cure(library));
      }
    }
    return problems;
  }

  private static String cure(Library library) {
    return "--replace "
        + library.identity().artifact()
        + " puts version "
        + library.identity().version()
        + " in its place.";
  }

  /** Returns what the application's jars use of the added jars, and what these do not have. */
  private List<Reference> unmet(List<Library> same) throws IOException {
    List<ClassFile> users = new ArrayList<>();
    for (Library jar : same) {
      users.addAll(jar.classes().values());
    }
    return linkage.missing(users, added.keySet());
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
