package io.github.kameleoonservlet.installer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order of the root's elements, which version 2.3 prescribes. Later versions allow any order.
 */
final class ElementOrder {

  /** The first elements of version 2.3, and later ones that usually stand before them. */
  private static final List<String> NAMES =
      List.of(
          "module-name",
          "icon",
          "display-name",
          "description",
          "distributable",
          "absolute-ordering",
          "default-context-path",
          "request-character-encoding",
          "response-character-encoding",
          "deny-uncovered-http-methods",
          "context-param",
          "filter",
          "filter-mapping",
          "listener",
          "servlet",
          "servlet-mapping");

  private ElementOrder() {}

  /**
   * Returns the child of the root behind which an element of the name can stand: the last one of
   * the name, otherwise the last of the children at the start whose names come before it. Null if
   * the element must be the first one.
   */
  static @Nullable XmlElement predecessor(XmlElement root, String name) {
    List<XmlElement> same = root.children(name).toList();
    return same.isEmpty() ? lastBefore(root, name) : same.get(same.size() - 1);
  }

  /**
   * Returns the child of the root before the first one that has one of the names. Without any, the
   * predecessor of an element of the last of the names.
   */
  static @Nullable XmlElement beforeFirst(XmlElement root, String... names) {
    XmlElement before = null;
    for (XmlElement child : root.children()) {
      if (List.of(names).contains(child.name())) {
        return before;
      }
      before = child;
    }
    return predecessor(root, names[names.length - 1]);
  }

  private static @Nullable XmlElement lastBefore(XmlElement root, String name) {
    List<String> before = NAMES.subList(0, NAMES.indexOf(name));
    XmlElement last = null;
    for (XmlElement child : root.children()) {
      if (!before.contains(child.name())) {
        return last;
      }
      last = child;
    }
    return last;
  }
}
