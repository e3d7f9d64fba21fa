package io.github.kameleoonservlet;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Says which user of the application sends a request.
 *
 * <p>Name an implementation in the setting {@code userId} when neither the principal nor an
 * attribute of session or request tells. It needs a public constructor without parameters, is made
 * once for each filter and is called by many threads.
 */
@FunctionalInterface
public interface UserIdResolver {

  /**
   * Returns an id that never changes for a person (a customer number, not an e-mail address), or
   * null when nobody is signed in.
   *
   * <p>Called before the application's servlets run; create no session here, and do not ask the
   * request attribute {@code kameleoonVisitor}, which waits for this answer.
   *
   * @throws RuntimeException when the user cannot be determined; the request is then served
   *     unresolved, and the user is not taken for anonymous. So it is whatever else is thrown,
   *     except a {@link VirtualMachineError}
   */
  @Nullable String userId(HttpServletRequest request);
}
