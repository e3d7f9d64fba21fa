package io.github.kameleoonservlet;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * A source of the signed-in user, for applications in which neither the principal nor an attribute
 * of the session or request contains the id.
 *
 * <p>Name a public class in the setting {@code userId}. The class needs a public constructor
 * without parameters. The library creates one instance for each filter and calls this instance from
 * many threads. The class must be thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface UserIdResolver {

  /**
   * Returns the id of the signed-in user. The id must never change for a person: use a customer
   * number and not an e-mail address.
   *
   * <p>The library calls this method on a thread of the request, any number of times: usually once
   * before the application's servlets run; again after a login or {@link Visitor#refresh()}; for
   * excluded paths and static files only when code reads the visitor. An implementation must not
   * create a session, and must not read the request attribute {@code kameleoonVisitor}, which waits
   * for this answer.
   *
   * @param request the request of the user, not null
   * @return the id; null if no user is signed in. A blank id, or one of the setting {@code
   *     notUsers}, counts as null
   * @throws RuntimeException if the user cannot be determined; the request is then served
   *     unresolved, and the user does not count as anonymous. Any other {@code Throwable} has the
   *     same effect, except a {@link VirtualMachineError}
   */
  @Nullable String userId(HttpServletRequest request);

  /**
   * Returns whether the request is measured. Return false if another person than the user sends the
   * request, such as support staff who act as a customer. The default implementation returns true.
   *
   * <p>A request that is not measured has the outcome {@code UNRESOLVED}: its code ends with the
   * request, every feature is off, no event is sent, the store is not asked, and the browser keeps
   * its cookie. The library does not call {@link #userId} for such a request, and pages see no
   * user.
   *
   * <p>The library calls this method under the same conditions as {@link #userId}. A {@code
   * Throwable} of this method has the same effect as a {@code Throwable} of {@link #userId}.
   *
   * @param request the request, not null
   * @return false to exclude the request from measurement
   */
  default boolean isMeasured(HttpServletRequest request) {
    return true;
  }
}
