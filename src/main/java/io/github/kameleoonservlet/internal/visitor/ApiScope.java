package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.http.RequestKind;
import io.github.kameleoonservlet.internal.http.VisitorHeaders;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The part of a request's scope that only API calls need. Thread-safe. */
public final class ApiScope {

  private final RequestScope scope;
  private final RequestLock lock;
  private final IncomingRequest request;
  private final VisitorHeaders headers;
  private final RequestIdentity identity;
  private final RequestDecisions decisions;

  /**
   * Creates the part of a scope.
   *
   * @param lock the scope's lock, which guards the other arguments
   */
  ApiScope(
      RequestScope scope,
      RequestLock lock,
      IncomingRequest request,
      VisitorHeaders headers,
      RequestIdentity identity,
      RequestDecisions decisions) {
    this.scope = scope;
    this.lock = lock;
    this.request = request;
    this.headers = headers;
    this.identity = identity;
    this.decisions = decisions;
  }

  /** Returns the kind of the request. */
  public RequestKind kind() {
    return lock.get(request::kind);
  }

  /** Sets the page and device that the body of the call describes. */
  public void describedBy(DescribedPage described) {
    lock.run(() -> decisions.describedBy(described));
  }

  /**
   * Resolves the visitor, and writes the cookie. An earlier read resolves by the cookies.
   *
   * @param announced the valid code that the call sends, or null
   */
  public void resolve(@Nullable VisitorCode announced) {
    lock.run(
        () -> {
          headers.release();
          identity.resolve(announced);
        });
  }

  /** Returns the result of the resolution; without one, resolves by the cookies. */
  public Reconciliation resolved() {
    return lock.get(identity::resolved);
  }

  /** Returns whether the resolved request is passive. */
  public boolean isPassive() {
    return lock.get(identity::isPassive);
  }

  /** Returns whether the application has the request measured, as of this call. */
  public boolean isMeasured() {
    return lock.get(identity::isMeasured);
  }

  /** Returns the keys of all features; none before the data file has arrived. */
  public Set<String> featureKeys() {
    return scope.featureKeys();
  }

  /**
   * Decides a feature again, and marks the response as one that shows the visitor.
   *
   * @param exposure whether the visitor will see the variation; without effect if the request is
   *     passive
   */
  public Variation decide(String featureKey, boolean exposure) {
    return scope.read((now, made) -> made.decide(now, featureKey, exposure));
  }

  /**
   * Stores the visitor's answer to the question for consent in the consent cookie.
   *
   * @param announced the valid code that the call sends, or null
   * @return false if the consent cookie does not decide; nothing has happened then
   */
  public boolean answerConsent(boolean granted, @Nullable VisitorCode announced) {
    return lock.get(
        () -> {
          headers.release();
          return identity.answerConsent(granted, announced);
        });
  }

  /**
   * Erases the caller's link and cookie.
   *
   * @throws StoreUnavailableException if the store or the application does not answer
   */
  public void erase() {
    lock.run(
        () -> {
          headers.release();
          identity.erase();
        });
  }
}
