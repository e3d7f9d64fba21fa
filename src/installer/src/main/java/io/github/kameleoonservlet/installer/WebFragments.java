package io.github.kameleoonservlet.installer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The filters and servlet mappings that the jars of the application declare in {@code
 * META-INF/web-fragment.xml}. Servers run the filters behind those of {@code web.xml}.
 */
final class WebFragments {

  private final List<Declaration> filters = new ArrayList<>();
  private final List<Declaration> servletMappings = new ArrayList<>();

  private WebFragments() {}

  /** A filter or a mapping of a fragment. */
  private record Declaration(String jar, XmlElement element) {

    private String name() {
      return element.childText("filter-name");
    }
  }

  /**
   * Reads the fragments. Servers ignore a fragment that is not well-formed, or do not deploy.
   *
   * @param isRead whether servers read the fragment of a name
   */
  static WebFragments of(List<Library> libraries, Predicate<String> isRead) {
    WebFragments fragments = new WebFragments();
    for (Library library : libraries) {
      byte[] fragment = library.fragment();
      if (fragment.length > 0) {
        try {
          XmlElement root = XmlDocument.of(fragment).root();
          if (isRead.test(root.childText("name"))) {
            fragments.add(library.fileName(), root);
          }
        } catch (RefusedException e) {
          // The command does not change this file.
        }
      }
    }
    return fragments;
  }

  private void add(String jar, XmlElement root) {
    root.children("filter").map(each -> new Declaration(jar, each)).forEach(filters::add);
    root.children("servlet-mapping")
        .map(each -> new Declaration(jar, each))
        .forEach(servletMappings::add);
  }

  /**
   * Checks that no servlet of a fragment has the URL pattern. A mapping in {@code web.xml} would
   * take the pattern from the servlet.
   */
  void checkFree(String pattern) throws RefusedException {
    for (Declaration mapping : servletMappings) {
      if (mapping.element().childTexts("url-pattern").contains(pattern)) {
        throw new RefusedException(
            "The API cannot be mapped to "
                + pattern
                + ", because the servlet "
                + mapping.element().childText("servlet-name")
                + " has this pattern in META-INF/web-fragment.xml of "
                + mapping.jar()
                + ". Name another path.");
      }
    }
  }

  /** Returns a sentence if a fragment declares the visitor filter. */
  Optional<String> visitorFilter() {
    return filters.stream()
        .filter(filter -> filter.element().childText("filter-class").equals(VisitorFilter.CLASS))
        .map(
            filter ->
                "The filter "
                    + filter.name()
                    + " is there already, in META-INF/web-fragment.xml of "
                    + filter.jar()
                    + ". No filter was added.")
        .findFirst();
  }

  /** Returns a sentence for each filter that is known to sign users in. */
  List<String> signInFilters() {
    return filters.stream()
        .filter(filter -> SignInFilters.contain(filter.element()))
        .map(
            filter ->
                filter.jar()
                    + " declares the filter "
                    + filter.name()
                    + ", which signs users in, in META-INF/web-fragment.xml. Servers run such a"
                    + " filter behind those of WEB-INF/web.xml. Add a mapping of "
                    + filter.name()
                    + " to WEB-INF/web.xml, before the mapping of the filter of Kameleoon.")
        .toList();
  }
}
