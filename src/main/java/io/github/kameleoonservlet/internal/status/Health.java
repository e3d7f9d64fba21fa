package io.github.kameleoonservlet.internal.status;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The answer for load balancers, which have no role: {@code UP} whenever the application answers,
 * because no request of the application fails when the platform or the store fails. Written without
 * the application's JSON provider. Thread-safe.
 */
public final class Health {

  private Health() {}

  /**
   * Writes the states of the platform and of the store.
   *
   * @param source the filter's source; null if no filter runs in front of the servlet
   * @throws IOException if the client cannot be reached
   */
  public static void write(HttpServletResponse response, @Nullable StatusSource source)
      throws IOException {
    String platform =
        source == null ? "NO_FILTER" : source.parts().decisions().status().state().name();
    String store = source == null ? "NO_FILTER" : source.statistics().store().state().name();
    Answers.json(
        response,
        HttpServletResponse.SC_OK,
        "{\"status\":\"UP\",\"platform\":\"%s\",\"store\":\"%s\"}".formatted(platform, store));
  }
}
