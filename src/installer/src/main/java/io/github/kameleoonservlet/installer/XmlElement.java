package io.github.kameleoonservlet.installer;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An element of an XML file.
 *
 * @param namespace empty without a namespace
 * @param prefix the prefix of the tag with its colon, or empty
 * @param name the local name
 * @param attributes those without a prefix
 * @param text the text between the child elements, without the blanks around it
 * @param span null if the element comes from an entity
 */
record XmlElement(
    String namespace,
    String prefix,
    String name,
    Map<String, String> attributes,
    List<XmlElement> children,
    String text,
    @Nullable XmlSpan span) {

  /** Returns the child elements that have the name, and the namespace of this element. */
  Stream<XmlElement> children(String childName) {
    return children.stream().filter(child -> child.isNamed(childName, namespace));
  }

  /** Returns the text of the first child element of the name, or an empty text. */
  String childText(String childName) {
    return children(childName).map(XmlElement::text).findFirst().orElse("");
  }

  /** Returns the texts of all child elements of the name. */
  List<String> childTexts(String childName) {
    return children(childName).map(XmlElement::text).toList();
  }

  /** Returns this element and all elements in it. */
  Stream<XmlElement> all() {
    return Stream.concat(Stream.of(this), children.stream().flatMap(XmlElement::all));
  }

  /** Returns the place of an element that the file itself contains. */
  XmlSpan place() {
    if (span == null) {
      throw new IllegalStateException("<" + name + "> comes from an entity");
    }
    return span;
  }

  private boolean isNamed(String wantedName, String wantedNamespace) {
    return name.equals(wantedName) && namespace.equals(wantedNamespace);
  }
}
