package io.github.kameleoonservlet.servlet;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes the answers of the JSON API. */
final class ApiAnswer {

  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";
  private static final int RETRY_AFTER_SECONDS = 2;

  /** For an application in which no JSON can be made. */
  private static final String NO_JSON =
      "{\"type\":\"about:blank\",\"title\":\"No JSON\",\"status\":500,"
          + "\"detail\":\"The application's JSON provider does not work: its log says why.\"}";

  private ApiAnswer() {}

  /** Answers what was asked for; null is 204. */
  static void of(HttpServletResponse response, @Nullable JsonObjectBuilder answer)
      throws IOException {
    if (answer == null) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    } else {
      write(response, JSON, answer.build().toString());
    }
  }

  /** Answers with a problem document (RFC 9457). */
  static void problem(HttpServletResponse response, Problem problem) throws IOException {
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

  /** Says that the application's JSON provider does not work. */
  static void noJson(HttpServletResponse response) throws IOException {
    response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    write(response, PROBLEM, NO_JSON);
  }

  private static void write(HttpServletResponse response, String type, String answer)
      throws IOException {
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    response.setContentType(type);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
