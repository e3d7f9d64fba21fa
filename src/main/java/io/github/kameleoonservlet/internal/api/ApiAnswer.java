package io.github.kameleoonservlet.internal.api;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The writer of the JSON API's answers. Thread-safe. {@code servlet.KameleoonVisitorServlet} calls
 * this class.
 */
public final class ApiAnswer {

  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";
  private static final int RETRY_AFTER_SECONDS = 2;
  private static final char LAST_OF_ASCII = 0x7e;

  /** The answer of an application whose JSON provider fails. */
  private static final String NO_JSON =
      "{\"type\":\"about:blank\",\"title\":\"No JSON\",\"status\":500,"
          + "\"detail\":\"The application's JSON provider does not work: its log shows"
          + " the cause.\"}";

  /** The answer of an application in which the filter does not run; its JSON may not work. */
  private static final String NO_FILTER =
      "{\"type\":\"about:blank\",\"title\":\"Filter not started\",\"status\":503,"
          + "\"detail\":\"The visitor filter has not started, because a jar of the application is too"
          + " old. The log names the jar.\"}";

  private ApiAnswer() {}

  /**
   * Writes a successful answer.
   *
   * @param answer the JSON of the answer; null answers 204
   * @throws IOException if the client cannot be reached
   */
  public static void of(HttpServletResponse response, @Nullable JsonObjectBuilder answer)
      throws IOException {
    if (answer == null) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    } else {
      write(response, JSON, answer.build().toString());
    }
  }

  /**
   * Writes a problem document (RFC 9457). An answer 503 gets a {@code Retry-After} of two seconds.
   *
   * @throws IOException if the client cannot be reached
   */
  public static void problem(HttpServletResponse response, Problem problem) throws IOException {
    response.setStatus(problem.status());
    if (problem.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
      response.setIntHeader("Retry-After", RETRY_AFTER_SECONDS);
    }
    write(
        response,
        PROBLEM,
        Json.createObjectBuilder()
            .add("type", "about:blank")
            .add("title", problem.title())
            .add("status", problem.status())
            .add("detail", problem.detail())
            .build()
            .toString());
  }

  /**
   * Answers 500, because the application's JSON provider fails.
   *
   * @throws IOException if the client cannot be reached
   */
  public static void noJson(HttpServletResponse response) throws IOException {
    response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    write(response, PROBLEM, NO_JSON);
  }

  /**
   * Answers 503, because an old jar of the application has kept the filter from starting. Without
   * {@code Retry-After}, because only another deployment ends this state.
   *
   * @throws IOException if the client cannot be reached
   */
  public static void noFilter(HttpServletResponse response) throws IOException {
    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    write(response, PROBLEM, NO_FILTER);
  }

  /**
   * Writes through the stream, or through the writer if a filter in front of this library has
   * called {@code getWriter()}. With the writer, the container computes the length.
   */
  private static void write(HttpServletResponse response, String type, String answer)
      throws IOException {
    response.setContentType(type);
    String ascii = ascii(answer);
    ServletOutputStream stream = streamIfFree(response);
    if (stream == null) {
      response.getWriter().write(ascii);
    } else {
      response.setContentLength(ascii.length());
      stream.write(ascii.getBytes(StandardCharsets.US_ASCII));
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

  /**
   * Returns the JSON with escapes for all characters outside of ASCII, because a filter may have
   * set another charset than UTF-8.
   */
  public static String ascii(String json) {
    StringBuilder ascii = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c <= LAST_OF_ASCII) {
        ascii.append(c);
      } else {
        ascii.append("\\u").append(HexFormat.of().toHexDigits(c));
      }
    }
    return ascii.toString();
  }
}
