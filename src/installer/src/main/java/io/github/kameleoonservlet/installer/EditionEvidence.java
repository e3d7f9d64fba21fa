package io.github.kameleoonservlet.installer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a WAR shows about its servlet API: the classes that its {@code web.xml} names, its other
 * classes, its jars, its tag libraries and the version of its {@code web.xml}.
 *
 * <p>Classes decide. A {@code web.xml} in the form of Jakarta EE decides if the classes do not,
 * because no server for {@code javax.servlet} reads it. An older form decides nothing: all servers
 * read it.
 */
final class EditionEvidence {

  /** The elements that name a class. */
  private static final Set<String> CLASSES =
      Set.of("servlet-class", "filter-class", "listener-class");

  /** Jars of this library, which both editions have in part. */
  private static final Set<String> NEUTRAL =
      Set.of("kameleoon-servlet", "kameleoon-servlet-javax", "kameleoon-client-java");

  private static final int MOST_NAMES = 3;

  private final List<String> found = new ArrayList<>();
  private ServletUse named = ServletUse.NONE;
  private ServletUse own = ServletUse.NONE;
  private ServletUse platform = ServletUse.NONE;
  private ServletUse jars = ServletUse.NONE;
  private @Nullable Edition descriptor;

  /** Collects the evidence. */
  static EditionEvidence of(War war, @Nullable Edition descriptor)
      throws IOException, RefusedException {
    EditionEvidence evidence = new EditionEvidence();
    evidence.descriptor = descriptor;
    Set<String> namedClasses = evidence.namedClasses(war);
    evidence.readClasses(war, namedClasses);
    evidence.readJars(war, namedClasses);
    evidence.readTagLibraries(war);
    if (descriptor != null) {
      evidence.found.add(
          "WEB-INF/web.xml has the form of "
              + (descriptor == Edition.JAKARTA
                  ? "Jakarta EE"
                  : "Java EE, which servers for jakarta.servlet also read"));
    }
    return evidence;
  }

  private Set<String> namedClasses(War war) throws IOException, RefusedException {
    byte[] file = war.read(War.DESCRIPTOR);
    Set<String> names = new TreeSet<>();
    if (file != null) {
      XmlDocument.of(file)
          .root()
          .all()
          .filter(element -> CLASSES.contains(element.name()))
          .map(element -> element.text().replace('.', '/'))
          .filter(name -> !name.startsWith("io/github/kameleoonservlet/"))
          .forEach(names::add);
    }
    return names;
  }

  private void readClasses(War war, Set<String> namedClasses) throws IOException {
    for (Path file : war.walk("WEB-INF/classes")) {
      String path = file.toString().replace('\\', '/');
      if (path.endsWith(".class")) {
        ServletUse use = ServletUse.of(file);
        own = own.plus(use);
        platform = platform.plus(ServletUse.ofPlatform(file));
        if (namedClasses.stream().anyMatch(name -> path.endsWith("/" + name + ".class"))) {
          named = named.plus(use);
        }
      }
    }
    describe(own, "the classes in WEB-INF/classes", ".servlet");
    describe(platform, "other APIs of the server in WEB-INF/classes", "");
  }

  private void readJars(War war, Set<String> namedClasses) throws IOException {
    Map<Edition, List<String>> only = new EnumMap<>(Edition.class);
    for (Library library : war.libraries()) {
      if (NEUTRAL.contains(library.identity().artifact()) || library.isServletApi()) {
        continue;
      }
      ServletUse use = library.servletUse();
      for (Edition edition : Edition.values()) {
        if (use.isOnly(edition)) {
          jars = jars.plus(new ServletUse(Math.min(use.javax(), 1), Math.min(use.jakarta(), 1)));
          only.computeIfAbsent(edition, e -> new ArrayList<>()).add(library.fileName());
        }
      }
      for (String name : namedClasses) {
        if (library.classNames().contains(name)) {
          named = named.plus(library.servletUseOf(name));
        }
      }
    }
    only.forEach(
        (edition, names) ->
            found.add(
                "jars with "
                    + edition
                    + ".servlet only: "
                    + String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMES)))
                    + (names.size() > MOST_NAMES
                        ? " and " + (names.size() - MOST_NAMES) + " others"
                        : "")));
    describe(named, "the servlets, filters and listeners in WEB-INF/web.xml", ".servlet");
  }

  private void readTagLibraries(War war) throws IOException {
    for (Path file : war.walk("WEB-INF")) {
      if (file.toString().endsWith(".tld")
          && Files.readString(file, StandardCharsets.ISO_8859_1).contains("jakarta.ee/xml/ns")) {
        jars = jars.plus(new ServletUse(0, 1));
        found.add(War.fileName(file) + " has the form of Jakarta EE");
      }
    }
  }

  private void describe(ServletUse use, String what, String api) {
    if (use.javax() > 0 || use.jakarta() > 0) {
      found.add(
          what
              + ": "
              + use.javax()
              + " with javax"
              + api
              + ", "
              + use.jakarta()
              + " with jakarta"
              + api);
    }
  }

  /** Returns the edition, or null if the evidence is missing or contradictory. */
  @Nullable Edition edition() {
    for (ServletUse use : List.of(named, own, platform)) {
      if (use.isOfBoth()) {
        return null;
      }
      if (use.isOnly(Edition.JAKARTA)) {
        return Edition.JAKARTA;
      }
      if (use.isOnly(Edition.JAVAX)) {
        return descriptor == Edition.JAKARTA ? null : Edition.JAVAX;
      }
    }
    if (descriptor == Edition.JAKARTA) {
      return Edition.JAKARTA;
    }
    return jars.isOnly(Edition.JAKARTA)
        ? Edition.JAKARTA
        : jars.isOnly(Edition.JAVAX) ? Edition.JAVAX : null;
  }

  /** Returns what was found, one sentence part for each place. */
  List<String> found() {
    return found;
  }
}
