package io.github.kameleoonservlet.internal.status;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The text of an HTML page. Escapes every text and attribute, and writes ASCII only, because a
 * filter of the application may have set another charset than UTF-8. Not thread-safe.
 */
final class Html {

  private static final char LAST_OF_ASCII = 0x7e;
  private static final String REPLACEMENT = "&#xfffd;";

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Begins an element.
   *
   * @param attributes names and values in turn
   */
  Html open(String element, String... attributes) {
    start(element, attributes);
    open.push(element);
    return this;
  }

  /** Ends the innermost element. */
  Html close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** Writes an element that has no content. */
  Html empty(String element, String... attributes) {
    start(element, attributes);
    return this;
  }

  /** Writes an element with a text. */
  Html element(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  /** Writes the line before the document. */
  Html doctype() {
    out.append("<!DOCTYPE html>\n");
    return this;
  }

  /** Writes a style sheet of this library, which needs no escapes. */
  Html style(String style) {
    out.append("<style>").append(style).append("</style>");
    return this;
  }

  /** Writes a text. */
  Html text(String text) {
    escape(text);
    return this;
  }

  /** Ends a line, for readers of the source. */
  Html line() {
    out.append('\n');
    return this;
  }

  private void start(String element, String... attributes) {
    out.append('<').append(element);
    for (int i = 0; i + 1 < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
    out.append('>');
  }

  private void escape(String text) {
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n', '\t' -> out.append((char) c);
                default -> escape(c);
              }
            });
  }

  private void escape(int c) {
    if (c >= ' ' && c <= LAST_OF_ASCII) {
      out.append((char) c);
    } else if (c < ' ' || Character.isISOControl(c) || isHalf(c)) {
      // HTML allows no control characters, also not as references.
      out.append(REPLACEMENT);
    } else {
      out.append("&#x").append(Integer.toHexString(c)).append(';');
    }
  }

  private static boolean isHalf(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
