package io.github.kameleoonservlet.installer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The filters that the jars of the application declare in {@code META-INF/web-fragment.xml}.
 * Servers run them behind the filters of {@code web.xml}.
 */
final class WebFragments {

  private final List<FragmentFilter> filters;

  private WebFragments(List<FragmentFilter> filters) {
    this.filters = filters;
  }

  /** A filter of a fragment. */
  private record FragmentFilter(String jar, XmlElement element) {

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
    List<FragmentFilter> filters = new ArrayList<>();
    for (Library library : libraries) {
      byte[] fragment = library.fragment();
      if (fragment.length > 0) {
        try {
          XmlElement root = XmlDocument.of(fragment).root();
          if (isRead.test(root.childText("name"))) {
            root.children("filter")
                .map(filter -> new FragmentFilter(library.fileName(), filter))
                .forEach(filters::add);
          }
        } catch (RefusedException e) {
          // The command does not change this file.
        }
      }
    }
    return new WebFragments(filters);
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
