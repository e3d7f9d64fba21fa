package io.github.kameleoonservlet.installer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts the visitor filter and its mapping into a {@code web.xml} that has no visitor filter. */
final class VisitorFilter {

  static final String CLASS = "io.github.kameleoonservlet.servlet.KameleoonVisitorFilter";

  private static final String NAME = "kameleoonVisitor";
  private static final String PATTERN = "/*";

  /** What XML 1.0 cannot contain, not even as a character reference. */
  private static final Pattern NOT_XML =
      Pattern.compile("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

  private final XmlDocument document;
  private final DescriptorVersion version;
  private final FilterOrder order;
  private final List<String> changes = new ArrayList<>();

  VisitorFilter(XmlDocument document, DescriptorVersion version) {
    this.document = document;
    this.version = version;
    order = new FilterOrder(document.root());
  }

  /** Returns what {@link #addedTo} did, in sentences. */
  List<String> changes() {
    return changes;
  }

  /**
   * Returns the file with the filter.
   *
   * @param after the filter behind whose mapping the new one is put; null for the filters that are
   *     known to sign users in
   * @throws RefusedException if no mapping of {@code after} can run before the new one
   */
  byte[] addedTo(Map<String, String> initParams, @Nullable String after) throws RefusedException {
    Set<String> first = order.firstFilters(after);
    int predecessor = order.lastOf(first);
    if (after != null && predecessor < 0) {
      throw new RefusedException(
          "WEB-INF/web.xml maps no filter "
              + after
              + " to a URL pattern for requests. It maps: "
              + String.join(", ", order.mappedFilters())
              + ".");
    }
    for (Map.Entry<String, String> param : initParams.entrySet()) {
      checkCharacters(param.getKey(), param.getValue());
    }
    boolean dispatchers = version.hasDispatchers() || uses("dispatcher");
    boolean async = version.hasAsync() || uses("async-supported");
    String name = FreeName.of(document.root(), "filter-name", NAME);
    DescriptorEdit edit = new DescriptorEdit(document);
    place(
        edit, declaration(name, initParams, async), mapping(name, dispatchers, async), predecessor);
    changes.add("Added the filter " + name + settings(initParams) + ".");
    new FilterNotes(order, changes).add(first, predecessor);
    addVersionNotes(dispatchers, async);
    return edit.bytes();
  }

  private static void checkCharacters(String param, String value) throws RefusedException {
    Matcher forbidden = NOT_XML.matcher(param + value);
    if (forbidden.find()) {
      throw new RefusedException(
          "The setting "
              + NOT_XML.matcher(param).replaceAll("?")
              + String.format(
                  " contains the character U+%04X, which XML does not allow.",
                  forbidden.group().codePointAt(0)));
    }
  }

  private static NewElement declaration(
      String name, Map<String, String> initParams, boolean async) {
    List<NewElement> children = new ArrayList<>();
    children.add(NewElement.of("filter-name", name));
    children.add(NewElement.of("filter-class", CLASS));
    if (async) {
      children.add(NewElement.of("async-supported", "true"));
    }
    initParams.forEach(
        (param, value) ->
            children.add(
                NewElement.of(
                    "init-param",
                    List.of(
                        NewElement.of("param-name", param), NewElement.of("param-value", value)))));
    return NewElement.of("filter", children);
  }

  private static NewElement mapping(String name, boolean dispatchers, boolean async) {
    List<NewElement> children = new ArrayList<>();
    children.add(NewElement.of("filter-name", name));
    children.add(NewElement.of("url-pattern", PATTERN));
    if (dispatchers) {
      List<String> types =
          async
              ? List.of("REQUEST", "FORWARD", "ASYNC", "ERROR")
              : List.of("REQUEST", "FORWARD", "ERROR");
      types.forEach(type -> children.add(NewElement.of("dispatcher", type)));
    }
    return NewElement.of("filter-mapping", children);
  }

  private void place(
      DescriptorEdit edit, NewElement declaration, NewElement mapping, int predecessor) {
    XmlElement root = document.root();
    XmlElement signIn = predecessor < 0 ? null : order.mappings().get(predecessor).element();
    if (version.isOrdered()) {
      edit.addBehind(ElementOrder.predecessor(root, "filter"), declaration);
      edit.addBehind(
          signIn == null ? ElementOrder.beforeFirst(root, "filter-mapping") : signIn, mapping);
    } else {
      edit.addBehind(
          signIn == null ? ElementOrder.beforeFirst(root, "filter", "filter-mapping") : signIn,
          declaration,
          mapping);
    }
  }

  private boolean uses(String element) {
    return document.root().all().anyMatch(used -> used.name().equals(element));
  }

  private static String settings(Map<String, String> initParams) {
    String names = String.join(", ", initParams.keySet());
    return switch (initParams.size()) {
      case 0 -> "";
      case 1 -> " with the setting " + names;
      default -> " with the settings " + names;
    };
  }

  private void addVersionNotes(boolean dispatchers, boolean async) {
    if (!dispatchers) {
      changes.add(
          "WEB-INF/web.xml is of version "
              + version
              + ", which has no <dispatcher>. The filter therefore runs for requests only. A page"
              + " that the server itself shows, such as a login form or an error page, has no"
              + " visitor if the filter did not run before.");
    }
    if (!async) {
      changes.add(
          "WEB-INF/web.xml is of version "
              + version
              + ", which has no <async-supported>. Asynchronous servlets behind the filter fail."
              + " If the application has any, raise the file to version 3.0, and add"
              + " <async-supported>true</async-supported> to the filter.");
    }
  }
}
