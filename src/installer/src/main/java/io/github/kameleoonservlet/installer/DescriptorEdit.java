package io.github.kameleoonservlet.installer;

import io.github.kameleoonservlet.installer.XmlText.Insertion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** New elements for the root of a file, in the file's own layout. Not thread-safe. */
final class DescriptorEdit {

  private final XmlDocument document;
  private final XmlElement root;
  private final Layout layout;

  /** The elements by the index before which they are inserted. */
  private final SortedMap<Integer, List<NewElement>> added = new TreeMap<>();

  DescriptorEdit(XmlDocument document) {
    this.document = document;
    root = document.root();
    layout = new Layout(document);
  }

  /**
   * Adds elements behind a child of the root, and behind those that were added there before.
   *
   * @param sibling null for the place before all children
   */
  void addBehind(@Nullable XmlElement sibling, NewElement... elements) {
    int at = sibling == null ? first() : layout.afterTag(sibling.place().end());
    added.computeIfAbsent(at, index -> new ArrayList<>()).addAll(List.of(elements));
  }

  private int first() {
    XmlSpan place = root.place();
    return place.isOneTag() ? place.end() : layout.afterTag(place.startTagEnd());
  }

  byte[] bytes() throws RefusedException {
    List<Insertion> insertions = new ArrayList<>();
    for (Map.Entry<Integer, List<NewElement>> place : added.entrySet()) {
      insertions.addAll(insertions(place.getKey(), place.getValue()));
    }
    return document.text().with(insertions);
  }

  private List<Insertion> insertions(int at, List<NewElement> elements) {
    String lineBreak = layout.lineBreak(at);
    if (root.place().isOneTag()) {
      // From <web-app/> to <web-app>…</web-app>, with the slash where it is.
      String end = lineBreak.isEmpty() ? "" : lineBreak + layout.rootIndentation();
      return List.of(
          new Insertion(at - 2, ">" + xml(at, lineBreak, elements) + end + "<"),
          new Insertion(at - 1, root.prefix() + root.name()));
    }
    String before = layout.isBeforeBlankLine(at) ? lineBreak : "";
    String after = "";
    if (!lineBreak.isEmpty() && !layout.isEndOfLine(at)) {
      boolean last = document.text().toString().startsWith("</", at);
      after = lineBreak + (last ? layout.rootIndentation() : layout.indentation(at));
    }
    return List.of(new Insertion(at, before + xml(at, lineBreak, elements) + after));
  }

  private String xml(int at, String lineBreak, List<NewElement> elements) {
    String separator = lineBreak.isEmpty() ? "" : lineBreak + layout.indentation(at);
    return elements.stream()
        .map(element -> separator + element.xml(root.prefix(), separator, layout.unit()))
        .collect(Collectors.joining());
  }
}
