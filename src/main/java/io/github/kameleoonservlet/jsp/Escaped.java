package io.github.kameleoonservlet.jsp;

import java.util.regex.Pattern;

/** Makes text safe for the place of a page that it is printed at. */
final class Escaped {

  private static final Pattern ENDS_OR_OPENS_SCRIPT =
      Pattern.compile("<(?=!--|/?script)", Pattern.CASE_INSENSITIVE);

  private Escaped() {}

  /** Escapes for text and for attributes in either kind of quotes. */
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

  /** Makes a string literal that is safe in an HTML page's script. */
  static String scriptString(String text) {
    StringBuilder literal = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // What is left alone means itself in HTML, in XML and in a literal of any kind.
      if (c >= ' ' && c <= '~' && "\"'`\\<>&".indexOf(c) < 0) {
        literal.append(c);
      } else {
        literal.append(String.format("\\u%04x", (int) c));
      }
    }
    return literal.append('"').toString();
  }

  /**
   * Keeps a script from ending its element, or from opening what hides that end: in literals, as
   * the HTML standard advises ("Restrictions for contents of script elements"). Elsewhere the
   * script becomes a syntax error, which runs nothing. U+2028 and U+2029 ended a literal before
   * ES2019.
   */
  static String script(String script) {
    return ENDS_OR_OPENS_SCRIPT
        .matcher(script)
        .replaceAll("\\\\x3C")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }
}
