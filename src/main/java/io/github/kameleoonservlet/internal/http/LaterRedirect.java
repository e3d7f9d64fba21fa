package io.github.kameleoonservlet.internal.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * The call of {@code sendRedirect(String, int, boolean)} of Servlet 6.1 by a method handle, because
 * the library is compiled against Servlet 6.0.
 */
final class LaterRedirect {

  private static final @Nullable MethodHandle SEND = find();

  private LaterRedirect() {}

  private static @Nullable MethodHandle find() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(
              HttpServletResponse.class,
              "sendRedirect",
              MethodType.methodType(void.class, String.class, int.class, boolean.class));
    } catch (NoSuchMethodException | IllegalAccessException e) {
      return null;
    }
  }

  /**
   * Sends a redirect.
   *
   * @throws UnsupportedOperationException on servers before Servlet 6.1, where applications cannot
   *     call this method
   */
  static void send(HttpServletResponse response, String location, int status, boolean clearBuffer)
      throws IOException {
    if (SEND == null) {
      throw new UnsupportedOperationException("sendRedirect with a status needs Servlet 6.1");
    }
    try {
      SEND.invokeExact(response, location, status, clearBuffer);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
