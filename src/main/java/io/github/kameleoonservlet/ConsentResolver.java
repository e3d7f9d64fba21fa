package io.github.kameleoonservlet;

import io.github.kameleoonservlet.identity.Consent;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * A source of the visitor's consent, for applications with a consent tool of their own.
 *
 * <p>Name a public class in the setting {@code consentResolver}, together with {@code
 * consent=required}. The class needs a public constructor without parameters. The library creates
 * one instance for each filter and calls this instance from many threads. The class must be
 * thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ConsentResolver {

  /**
   * Returns the visitor's answer. The library calls this method on a thread of the request, once or
   * more, under the same conditions as {@link UserIdResolver#userId}. An implementation must not
   * create a session, and must not read the request attribute {@code kameleoonVisitor}, which waits
   * for this answer.
   *
   * @param request the request of the visitor, not null
   * @return the answer; null counts as {@link Consent#PENDING}
   * @throws RuntimeException if the answer cannot be determined; the request is then served as if
   *     the visitor had not answered yet. Any other {@code Throwable} has the same effect, except a
   *     {@link VirtualMachineError}
   */
  @Nullable Consent consent(HttpServletRequest request);
}
