package io.github.kameleoonservlet.installer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the servlet of the JSON API and its mapping into a {@code web.xml}. */
final class ApiServlet {

  static final String CLASS = "io.github.kameleoonservlet.servlet.KameleoonVisitorServlet";

  private static final String NAME = "kameleoonApi";
  private static final Pattern ALLOWED = Pattern.compile("/[^*\\s]+/\\*");

  private final XmlDocument document;
  private final boolean ordered;
  private final XmlElement root;
  private final List<String> changes = new ArrayList<>();

  ApiServlet(XmlDocument document, DescriptorVersion version) {
    this.document = document;
    ordered = version.isOrdered();
    root = document.root();
  }

  /** Returns what {@link #addedTo} did, in sentences. */
  List<String> changes() {
    return changes;
  }

  /**
   * Returns the file with the API at the pattern, or null if the API has a mapping already.
   *
   * @param after the filter that signs users in; null for those that are known to do so
   * @throws RefusedException if the pattern is not allowed, or another servlet has it
   */
  byte @Nullable [] addedTo(String pattern, @Nullable String after) throws RefusedException {
    check(pattern);
    Optional<String> existing = existing();
    if (existing.isPresent()) {
      List<String> patterns = patterns(existing.get());
      if (!patterns.isEmpty()) {
        changes.add("The API is there already, at " + String.join(", ", patterns) + ".");
        patterns.forEach(each -> noteUnseenUsers(each, after));
        return null;
      }
    }
    checkFree(pattern);
    String name = existing.orElseGet(() -> FreeName.of(root, "servlet-name", NAME));
    NewElement declaration = element("servlet", name, "servlet-class", CLASS);
    NewElement mapping = element("servlet-mapping", name, "url-pattern", pattern);
    DescriptorEdit edit = new DescriptorEdit(document);
    XmlElement lastMapping = ElementOrder.predecessor(root, "servlet-mapping");
    if (existing.isEmpty()) {
      edit.addBehind(
          ordered ? ElementOrder.predecessor(root, "servlet") : lastMapping, declaration);
    }
    edit.addBehind(lastMapping, mapping);
    changes.add("Added the API at " + pattern + ", by the servlet " + name + ".");
    noteUnseenUsers(pattern, after);
    return edit.bytes();
  }

  /** Adds a sentence if none of the filters that sign users in runs for the API. */
  private void noteUnseenUsers(String pattern, @Nullable String after) {
    FilterOrder order = new FilterOrder(root);
    Set<String> signIn = order.firstFilters(after);
    boolean isSeen =
        order.mappings().stream()
            .filter(mapping -> signIn.contains(mapping.filter()))
            .anyMatch(mapping -> mapping.coversRequests(pattern));
    if (!signIn.isEmpty() && !isSeen) {
      changes.add(
          "The API does not see the users, because none of these filters runs for "
              + pattern
              + ": "
              + String.join(", ", signIn)
              + ". Add the <url-pattern> "
              + pattern
              + " to the mapping of the filter that signs users in.");
    }
  }

  private static NewElement element(String element, String name, String tag, String text) {
    return NewElement.of(
        element, List.of(NewElement.of("servlet-name", name), NewElement.of(tag, text)));
  }

  private static void check(String pattern) throws RefusedException {
    if (!ALLOWED.matcher(pattern).matches()) {
      throw new RefusedException(
          "The API cannot be mapped to " + pattern + ". Name a path that ends in /*, as /api/*.");
    }
  }

  private void checkFree(String pattern) throws RefusedException {
    for (XmlElement mapping : root.children("servlet-mapping").toList()) {
      if (mapping.childTexts("url-pattern").contains(pattern)) {
        throw new RefusedException(
            "The API cannot be mapped to "
                + pattern
                + ", because the servlet "
                + mapping.childText("servlet-name")
                + " has this pattern in WEB-INF/web.xml. Name another path.");
      }
    }
  }

  private Optional<String> existing() {
    return root.children("servlet")
        .filter(servlet -> servlet.childText("servlet-class").equals(CLASS))
        .map(servlet -> servlet.childText("servlet-name"))
        .findFirst();
  }

  private List<String> patterns(String servlet) {
    return root.children("servlet-mapping")
        .filter(mapping -> mapping.childText("servlet-name").equals(servlet))
        .flatMap(mapping -> mapping.childTexts("url-pattern").stream())
        .toList();
  }
}
