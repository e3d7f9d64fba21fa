package io.github.kameleoonservlet.installer;

import java.util.List;

/**
 * An element to write.
 *
 * @param children empty for an element that contains text
 */
record NewElement(String name, String text, List<NewElement> children) {

  static NewElement of(String name, String text) {
    return new NewElement(name, text, List.of());
  }

  static NewElement of(String name, List<NewElement> children) {
    return new NewElement(name, "", children);
  }

  /**
   * Returns the element as XML.
   *
   * @param prefix for all tags: empty, or with its colon
   * @param separator the line break and the indentation of the element
   * @param unit the indentation of a child element in its parent, if there is a line break
   */
  String xml(String prefix, String separator, String unit) {
    StringBuilder xml = new StringBuilder().append('<').append(prefix).append(name).append('>');
    if (children.isEmpty()) {
      xml.append(escaped(text));
    } else {
      String inner = separator.isEmpty() ? "" : separator + unit;
      for (NewElement child : children) {
        xml.append(inner).append(child.xml(prefix, inner, unit));
      }
      xml.append(separator);
    }
    return xml.append("</").append(prefix).append(name).append('>').toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\r", "&#13;");
  }
}
