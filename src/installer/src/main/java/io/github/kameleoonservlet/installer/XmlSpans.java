package io.github.kameleoonservlet.installer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Finds the elements of a text that an XML parser has accepted. The parser itself reports only
 * where its events end, and inside an entity it reports places of the entity.
 */
final class XmlSpans {

  private final String text;
  private final List<XmlSpan> spans = new ArrayList<>();

  /** Indexes in {@link #spans} of the elements that are open. */
  private final Deque<Integer> open = new ArrayDeque<>();

  private boolean entityInRoot;

  private XmlSpans(String text) {
    this.text = text;
  }

  /** Returns the elements of a well-formed text, in the order of their start tags. */
  static XmlSpans of(String text) {
    XmlSpans scan = new XmlSpans(text);
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '<') {
        at = scan.markup(at);
      } else {
        scan.entityInRoot |= c == '&' && scan.open.size() == 1 && text.charAt(at + 1) != '#';
        at++;
      }
    }
    return scan;
  }

  List<XmlSpan> list() {
    return List.copyOf(spans);
  }

  /** Returns whether the content of the root element, outside its elements, names an entity. */
  boolean hasEntityInRoot() {
    return entityInRoot;
  }

  /** Returns the index after the markup that starts at the index. */
  private int markup(int start) {
    if (text.startsWith("<!--", start)) {
      return after("-->", start + 4);
    }
    if (text.startsWith("<![CDATA[", start)) {
      return after("]]>", start);
    }
    if (text.startsWith("<?", start)) {
      return after("?>", start);
    }
    if (text.startsWith("<!DOCTYPE", start)) {
      return afterDoctype(start);
    }
    int end = afterTag(start);
    if (text.startsWith("</", start)) {
      int index = open.pop();
      XmlSpan element = spans.get(index);
      spans.set(index, new XmlSpan(element.start(), element.startTagEnd(), end));
    } else {
      spans.add(new XmlSpan(start, end, end));
      if (text.charAt(end - 2) != '/') {
        open.push(spans.size() - 1);
      }
    }
    return end;
  }

  private int after(String terminator, int from) {
    return text.indexOf(terminator, from) + terminator.length();
  }

  private int afterTag(int start) {
    int at = start;
    while (text.charAt(at) != '>') {
      at = isQuote(at) ? afterLiteral(at) : at + 1;
    }
    return at + 1;
  }

  private int afterDoctype(int start) {
    boolean subset = false;
    int at = start;
    while (subset || text.charAt(at) != '>') {
      if (text.startsWith("<!--", at)) {
        at = after("-->", at + 4);
      } else if (text.startsWith("<?", at)) {
        at = after("?>", at);
      } else if (isQuote(at)) {
        at = afterLiteral(at);
      } else {
        subset = text.charAt(at) == '[' || (subset && text.charAt(at) != ']');
        at++;
      }
    }
    return at + 1;
  }

  private boolean isQuote(int at) {
    return text.charAt(at) == '"' || text.charAt(at) == '\'';
  }

  private int afterLiteral(int quote) {
    return text.indexOf(text.charAt(quote), quote + 1) + 1;
  }
}
