package io.github.kameleoonservlet.jsp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Preview;
import jakarta.servlet.jsp.JspContext;
import jakarta.servlet.jsp.PageContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The badge that shows a preview. Pure functions. */
final class PreviewBadge {

  /** The request attribute that marks a request whose page has the badge. */
  static final String PRINTED = "io.github.kameleoonservlet.jsp.previewBadge";

  private static final String FILE = "preview-badge.css";
  private static final String STYLE = read();

  private PreviewBadge() {}

  /** Returns the text of the file without comments and line breaks. */
  private static String read() {
    try (InputStream file = PreviewBadge.class.getResourceAsStream(FILE)) {
      return new String(Objects.requireNonNull(file, FILE).readAllBytes(), UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.startsWith("/*"))
          .collect(Collectors.joining());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Prints the badge if the browser sees a preview, once for each request.
   *
   * @param nonce the nonce of the page's Content-Security-Policy; null and an empty text mean none
   * @throws IOException if the page's writer fails
   */
  static void print(JspContext page, @Nullable String nonce) throws IOException {
    Preview preview = PageVisitor.of(page).map(Visitor::getPreview).orElse(null);
    if (preview != null && page.getAttribute(PRINTED, PageContext.REQUEST_SCOPE) == null) {
      page.setAttribute(PRINTED, true, PageContext.REQUEST_SCOPE);
      page.getOut().write(html(preview, nonce));
    }
  }

  private static String html(Preview preview, @Nullable String nonce) {
    String variations =
        preview.getVariations().entrySet().stream()
            .map(shown -> Escaped.html(shown.getKey()) + ": " + Escaped.html(shown.getValue()))
            .collect(Collectors.joining(", "));
    return (nonce == null || nonce.isEmpty()
            ? "<style>"
            : "<style nonce=\"" + Escaped.html(nonce) + "\">")
        + STYLE
        + "</style><div class=\"kameleoon-preview\" role=\"region\" lang=\"en\""
        + " aria-label=\"Kameleoon preview\"><strong>Preview</strong> <span>"
        + (variations.isEmpty() ? "no such variation" : variations)
        + "</span> <a href=\""
        + Escaped.html(preview.getEndLink())
        + "\">End preview</a></div>";
  }
}
