package io.github.kameleoonservlet.jsp;

import java.util.regex.Pattern;

/** The escaping of text for different places of a page. Pure functions. */
final class Escaped {

  private static final Pattern ENDS_OR_OPENS_SCRIPT =
      Pattern.compile("<(?=!--|/?script)", Pattern.CASE_INSENSITIVE);

  private Escaped() {}

  /** Escapes a text for HTML text and for attributes in double or single quotes. */
  static String html(String text) {
    StringBuilder html = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&#34;");
        case '\'' -> html.append("&#39;");
        default -> html.append(c);
      }
    }
    return html.toString();
  }

  /** Returns a JavaScript string literal that is safe in a script of an HTML page. */
  static String scriptString(String text) {
    StringBuilder literal = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // These characters have no special meaning in HTML, in XML and in literals of any kind.
      if (c >= ' ' && c <= '~' && "\"'`\\<>&".indexOf(c) < 0) {
        literal.append(c);
      } else {
        literal.append(String.format("\\u%04x", (int) c));
      }
    }
    return literal.append('"').toString();
  }

  /**
   * Returns a script that cannot end its element, and cannot open a comment or script that hides
   * the end. The result escapes as the HTML standard advises for literals ("Restrictions for
   * contents of script elements"); outside of literals it is a syntax error, so that nothing runs.
   * U+2028 and U+2029 ended a literal before ES2019.
   */
  static String script(String script) {
    return ENDS_OR_OPENS_SCRIPT
        .matcher(script)
        .replaceAll("\\\\x3C")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }
}
