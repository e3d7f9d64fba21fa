package io.github.kameleoonservlet.internal.status;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The writer of the status servlet's answers, with the headers that protect them. Every text is
 * ASCII. Thread-safe.
 */
final class Answers {

  private static final String HTML = "text/html;charset=UTF-8";

  /** Sources of a page: its own style sheet and its own forms, no script, no frame. */
  private static final String POLICY =
      "default-src 'none'; style-src %s; form-action 'self'; base-uri 'none'; frame-ancestors"
          + " 'none'";

  private Answers() {}

  /**
   * Writes a page that uses the style sheet of the servlet.
   *
   * @throws IOException if the client cannot be reached
   */
  static void page(HttpServletResponse response, int status, String page) throws IOException {
    noStore(response, "'self'");
    write(response, status, HTML, page);
  }

  /**
   * Writes a page with a style sheet of its own.
   *
   * @param style the content of the page's {@code <style>} element
   * @throws IOException if the client cannot be reached
   */
  static void page(HttpServletResponse response, int status, String page, String style)
      throws IOException {
    noStore(response, "'sha256-" + sha256(style) + "'");
    write(response, status, HTML, page);
  }

  /**
   * Writes JSON.
   *
   * @throws IOException if the client cannot be reached
   */
  static void json(HttpServletResponse response, int status, String json) throws IOException {
    noStore(response, "'none'");
    write(response, status, "application/json", json);
  }

  /**
   * Writes the style sheet, which browsers keep for an hour.
   *
   * @throws IOException if the client cannot be reached
   */
  static void style(HttpServletResponse response, String style) throws IOException {
    protect(response, "'none'");
    response.setHeader("Cache-Control", "private, max-age=3600");
    write(response, HttpServletResponse.SC_OK, "text/css;charset=UTF-8", style);
  }

  /**
   * Sets the headers of an answer that no browser keeps.
   *
   * @param styles the sources of style sheets
   */
  static void noStore(HttpServletResponse response, String styles) {
    protect(response, styles);
    response.setHeader("Cache-Control", "no-store");
  }

  private static void protect(HttpServletResponse response, String styles) {
    response.setHeader("Content-Security-Policy", POLICY.formatted(styles));
    response.setHeader("X-Content-Type-Options", "nosniff");
    // Browsers older than frame-ancestors.
    response.setHeader("X-Frame-Options", "DENY");
    // The address can contain a visitor code. With "no-referrer", browsers send "Origin: null" with
    // the form of the page, which then seems to come from another site.
    response.setHeader("Referrer-Policy", "strict-origin");
  }

  /**
   * Writes through the stream, or through the writer if a filter in front of this library has
   * called {@code getWriter()}.
   */
  private static void write(HttpServletResponse response, int status, String type, String ascii)
      throws IOException {
    response.setStatus(status);
    response.setContentType(type);
    ServletOutputStream stream = streamIfFree(response);
    if (stream == null) {
      response.getWriter().write(ascii);
    } else {
      byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
      response.setContentLength(bytes.length);
      stream.write(bytes);
    }
  }

  private static @Nullable ServletOutputStream streamIfFree(HttpServletResponse response)
      throws IOException {
    try {
      return response.getOutputStream();
    } catch (IllegalStateException e) {
      return null;
    }
  }

  private static String sha256(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      // Every Java platform has SHA-256.
      throw new IllegalStateException(e);
    }
  }
}
