package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.http.VisitorHeaders;
import org.jspecify.annotations.Nullable;

/** The operations of a request's visitor that only API calls need. Thread-safe. */
public final class ApiVisitor {

  private final RequestLock lock;
  private final VisitorHeaders headers;
  private final RequestIdentity identity;
  private final RequestDecisions decisions;

  /**
   * Takes the parts of a request's visitor.
   *
   * @param lock the lock that guards the other parts
   */
  ApiVisitor(
      RequestLock lock,
      VisitorHeaders headers,
      RequestIdentity identity,
      RequestDecisions decisions) {
    this.lock = lock;
    this.headers = headers;
    this.identity = identity;
    this.decisions = decisions;
  }

  /**
   * Resolves the visitor, and writes the cookie. An earlier read resolves by the cookies.
   *
   * @param announced the valid code that an API call sends, or null
   */
  public void resolve(@Nullable VisitorCode announced) {
    lock.run(
        () -> {
          headers.release();
          identity.resolve(announced);
        });
  }

  public void describedBy(DescribedPage said) {
    lock.run(() -> decisions.describedBy(said));
  }

  public boolean passive() {
    return lock.get(identity::passive);
  }

  public boolean measured() {
    return lock.get(identity::measured);
  }

  public boolean answerConsent(boolean granted, @Nullable VisitorCode announced) {
    return lock.get(
        () -> {
          headers.release();
          return identity.answerConsent(granted, announced);
        });
  }

  public void erase() {
    lock.run(
        () -> {
          headers.release();
          identity.erase();
        });
  }
}
