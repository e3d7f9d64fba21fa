package io.github.kameleoonservlet;

import jakarta.servlet.http.HttpServletRequest;

/**
 * A decision about who may use a function for operators, for applications whose roles are unknown
 * to {@link HttpServletRequest#isUserInRole}.
 *
 * <p>Name a public class in the init-param {@code role} of {@code KameleoonStatusServlet}, or in
 * the setting {@code explainFor} or {@code simulationFor}. The class needs a public constructor
 * without parameters. The library creates one instance or more for each of them, and calls an
 * instance from many threads. The class must be thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface AccessDecider {

  /**
   * Returns whether the sender of a request may use the function. The library calls this method on
   * a thread of the request, once or more. An implementation must not create a session, and must
   * not read the request attribute {@code kameleoonVisitor}.
   *
   * @param request the request, not null
   * @return whether the sender may use the function
   * @throws RuntimeException if the application cannot decide; the library then refuses the
   *     function. Any other {@code Throwable} has the same effect, except a {@link
   *     VirtualMachineError}
   */
  boolean isAllowed(HttpServletRequest request);
}
