package io.github.kameleoonservlet.installer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which jars the command adds, which stay, and which it replaces. An application never gets two
 * versions of one artifact. A jar of the application stays if everything is in it that the added
 * jars use.
 */
final class LibraryPlan {

  private final List<Library> brought;
  private final List<Library> present;
  private final Set<String> replace;

  private final List<Library> added = new ArrayList<>();
  private final List<Library> removed = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /** The jars of the application that are in the place of one of this library. */
  private final Map<Library, List<Library>> kept = new LinkedHashMap<>();

  private LibraryPlan(List<Library> brought, List<Library> present, Set<String> replace) {
    this.brought = brought;
    this.present = present;
    this.replace = replace;
  }

  /**
   * Plans the libraries.
   *
   * @param brought the jars of the edition. The first is the library itself.
   * @param present the jars in {@code WEB-INF/lib}
   * @param own the classes in {@code WEB-INF/classes}
   * @param replace the artifacts that the command replaces on request
   */
  static LibraryPlan of(
      List<Library> brought, List<Library> present, Collection<ClassFile> own, Set<String> replace)
      throws IOException {
    LibraryPlan plan = new LibraryPlan(brought, present, replace);
    plan.checkOtherEdition();
    plan.replace();
    for (Library library : brought) {
      plan.place(library);
    }
    plan.lines.addAll(Replacement.warnings(plan.removed, plan.added, present, own));
    KeptJars kept = KeptJars.read(brought, plan.kept);
    plan.lines.addAll(kept.staying());
    plan.problems.addAll(kept.problems());
    plan.checkReplaceNames();
    return plan;
  }

  private void checkOtherEdition() {
    String library = brought.get(0).identity().artifact();
    present.stream()
        .filter(jar -> jar.identity().artifact().matches("kameleoon-servlet(-javax)?"))
        .filter(jar -> !jar.identity().artifact().equals(library))
        .forEach(
            jar ->
                problems.add(
                    jar.fileName()
                        + " is the other edition of this library. Delete it from WEB-INF/lib, or"
                        + " name the right edition with --edition."));
  }

  private List<Library> sameAs(Library library) {
    return present.stream()
        // A jar with sources or Javadoc is not in the place of the library.
        .filter(jar -> library == brought.get(0) || !jar.classNames().isEmpty())
        .filter(jar -> jar.isSameArtifact(library))
        .toList();
  }

  /**
   * Collects the jars that are replaced: other versions of the library itself, and those that the
   * user named. A jar that is in the place of several of this library is replaced by all of them.
   */
  private void replace() throws IOException {
    for (Library library : brought) {
      List<Library> same = sameAs(library);
      boolean isOther = library == brought.get(0) && !isUnchanged(library, same);
      boolean isNamed = replace.contains(library.identity().artifact());
      if (isOther || (isNamed && !hasVersion(same, library))) {
        same.stream().filter(jar -> !removed.contains(jar)).forEach(removed::add);
      }
    }
  }

  private void place(Library library) throws IOException {
    List<Library> same = sameAs(library);
    boolean isOurs = library == brought.get(0);
    if (same.isEmpty()) {
      added.add(library);
      lines.add("added " + library.fileName());
      addOverlaps(library);
    } else if (same.stream().anyMatch(removed::contains)) {
      same.stream().filter(jar -> !removed.contains(jar)).forEach(removed::add);
      added.add(library);
      lines.add("replaced " + names(same) + " by " + library.fileName());
    } else if (isOurs || hasVersion(same, library)) {
      lines.add(names(same) + " is there already");
    } else {
      kept.put(library, same);
    }
  }

  /** Names the jars of the application that contain a part of an added jar: jars in one jar. */
  private void addOverlaps(Library library) {
    for (Library jar : present) {
      long shared = removed.contains(jar) ? 0 : jar.sharedClasses(library);
      if (shared > 0) {
        lines.add(
            "check "
                + jar.fileName()
                + ": it also contains "
                + shared
                + " of the classes, and the server decides which ones it loads");
      }
    }
  }

  private static boolean isUnchanged(Library library, List<Library> same) throws IOException {
    return same.size() == 1 && Arrays.equals(same.get(0).bytes(), library.bytes());
  }

  private static boolean hasVersion(List<Library> same, Library library) {
    return same.size() == 1
        && same.get(0).identity().artifact().equals(library.identity().artifact())
        && same.get(0).identity().version().equals(library.identity().version());
  }

  private void checkReplaceNames() {
    Set<String> known = new TreeSet<>();
    brought.stream().skip(1).forEach(library -> known.add(library.identity().artifact()));
    for (String name : replace) {
      if (!known.contains(name)) {
        problems.add(
            "--replace " + name + ": this library brings no such artifact. Allowed: " + known);
      }
    }
  }

  static String names(List<Library> libraries) {
    return String.join(", ", libraries.stream().map(Library::fileName).toList());
  }

  List<Library> added() {
    return added;
  }

  List<Library> removed() {
    return removed;
  }

  /** Returns one line for each jar of the edition. */
  List<String> lines() {
    return lines;
  }

  /** Returns why the application cannot work with these jars, or nothing. */
  List<String> problems() {
    return problems;
  }

  /** Returns the jars that {@code WEB-INF/lib} has after the installation. */
  List<Library> result() {
    List<Library> result = new ArrayList<>(present);
    result.removeAll(removed);
    result.addAll(added);
    return result;
  }
}
