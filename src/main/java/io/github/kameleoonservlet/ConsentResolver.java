package io.github.kameleoonservlet;

import io.github.kameleoonservlet.identity.Consent;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Says whether the visitor of a request has consented, when a consent tool of the application
 * knows.
 *
 * <p>Name an implementation in the setting {@code consentResolver}, beside {@code
 * consent=required}. It needs a public constructor without parameters, is made once for each filter
 * and is called by many threads, once or more for each request.
 */
@FunctionalInterface
public interface ConsentResolver {

  /**
   * Returns the visitor's answer; null counts as {@link Consent#PENDING}. Called on a thread of the
   * request, under the same conditions as {@link UserIdResolver#userId}. Create no session here,
   * and do not ask the request attribute {@code kameleoonVisitor}, which waits for this answer.
   *
   * @throws RuntimeException if the answer cannot be determined; the request is then served as if
   *     the visitor had not answered yet. Any other {@code Throwable} has the same effect, except a
   *     {@link VirtualMachineError}
   */
  Consent consent(HttpServletRequest request);
}
