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
   * null if no user is signed in. A blank id, or one of the setting {@code notUsers}, counts as
   * null.
   *
   * <p>Called on a thread of the request, any number of times: usually once before the
   * application's servlets run; again after a login or {@link Visitor#refresh()}; for excluded
   * paths and static files only when something reads the visitor. Create no session here, and do
   * not ask the request attribute {@code kameleoonVisitor}, which waits for this answer.
   *
   * @throws RuntimeException if the user cannot be determined; the request is then served
   *     unresolved, and the user does not count as anonymous. Any other {@code Throwable} has the
   *     same effect, except a {@link VirtualMachineError}
   */
  @Nullable String userId(HttpServletRequest request);

  /**
   * Returns whether the request is measured; true by default. Return false if another person than
   * the user sends the request, such as support staff who act as a customer.
   *
   * <p>A request that is not measured has the outcome {@code UNRESOLVED}: its code ends with the
   * request, every feature is off, no event is sent, the store is not asked, and the browser keeps
   * its cookie. The library does not call {@link #userId} for such a request, and pages see no
   * user.
   *
   * <p>Called under the same conditions as {@link #userId}. A {@code Throwable} has the same effect
   * as one of that method.
   */
  default boolean isMeasured(HttpServletRequest request) {
    return true;
  }
}
