package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.http.VisitorHeaders;
import io.github.kameleoonservlet.internal.reconcile.Caller;
import io.github.kameleoonservlet.internal.reconcile.Claims;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The visitor of one request: resolves the visitor when something first needs it, and again when
 * the application changes the user or the consent.
 *
 * <p>Not thread-safe; {@link RequestScope} holds its lock around every call.
 */
final class RequestIdentity {

  /** The claims of a request that cannot be read. */
  static final Claims NO_CLAIMS =
      new Claims(Caller.unidentified(), null, List.of(), Consent.GIVEN, true);

  private final FilterParts parts;
  private final IncomingRequest request;
  private final VisitorHeaders headers;
  private final VisitorAnswer answer;
  private final @Nullable RequestPreview preview;

  private Claims claims = NO_CLAIMS;
  private @Nullable String userId;
  private @Nullable Reconciliation resolved;
  private boolean resolvedTooLate;
  private boolean resolving;
  private boolean callBegun;
  private @Nullable String path;
  private boolean counted;

  RequestIdentity(
      FilterParts parts,
      IncomingRequest request,
      VisitorHeaders headers,
      @Nullable RequestPreview preview) {
    this.preview = preview;
    this.parts = parts;
    this.request = request;
    this.headers = headers;
    this.answer = new VisitorAnswer(parts.cookie(), request, headers);
  }

  /**
   * Resolves the visitor, and writes the cookie.
   *
   * @param announced the valid code that an API call sends, or null
   */
  void resolve(@Nullable VisitorCode announced) {
    ClaimsReader.UserClaims read = readClaims(announced);
    resolve(read.claims(), read.userId());
  }

  /**
   * Resolves the visitor, and writes the cookie; with a link also while a preview lasts.
   *
   * @param announced the valid code that an API call sends, or null
   */
  void resolveWithLink(@Nullable VisitorCode announced) {
    ClaimsReader.UserClaims read = readClaims(announced);
    resolve(read.claims(), read.userId(), parts.resolver().resolve(read.claims()));
  }

  /** Returns the result of the resolution; resolves the visitor at the first call. */
  Reconciliation resolved() {
    if (resolving) {
      throw new IllegalStateException(
          "a UserIdResolver or ConsentResolver must not read the visitor of its request: the visitor"
              + " waits for the result of the resolver");
    }
    if (resolved == null) {
      if (request.isOver()) {
        // The request can no longer be read.
        resolve(NO_CLAIMS, null);
        resolvedTooLate = true;
      } else if (callBegun) {
        resolveWithoutLink();
      } else {
        resolve(null);
      }
    }
    return unlessMissed(Objects.requireNonNull(resolved));
  }

  /** Returns the result of the resolution; null if the visitor is not resolved yet. */
  @Nullable Reconciliation resolvedSoFar() {
    return resolved == null ? null : unlessMissed(resolved);
  }

  /**
   * Returns the result; request-only if the response went out without the cookie. Only a new code
   * can miss its cookie, because every other code is in the browser or in the store.
   */
  private Reconciliation unlessMissed(Reconciliation now) {
    return now.outcome() == Outcome.ISSUED ? answer.unlessMissed(now) : now;
  }

  /** Returns the code; null until an API call has read its body, which may contain the code. */
  @Nullable String codeWhenRead() {
    Reconciliation now = request.isExcluded() ? resolved() : resolved;
    return now == null ? null : now.code().value();
  }

  /** Returns the id of the signed-in user, or null. */
  @Nullable String userId() {
    resolved();
    return userId;
  }

  /**
   * Returns the claims by which the visitor was resolved; {@link #NO_CLAIMS} before the resolution.
   */
  Claims claims() {
    return claims;
  }

  /** Returns whether the user may read explanations, which no shared cache may store. */
  boolean isExplainable() {
    return !request.isOver()
        && parts.facts().explanations().includes(request.servletRequest())
        && headers.keepPrivate();
  }

  /** Continues with the error page of the same request, which can be read again. */
  void resume() {
    if (resolvedTooLate) {
      resolved = null;
      resolvedTooLate = false;
    }
  }

  /**
   * Notes that the request is a call of the JSON API, which resolves by its body. If the container
   * refuses the body, the error page of the application must not create a link in place of the
   * call.
   */
  void beginCall() {
    callBegun = true;
  }

  /** Ends the request: counts the request once, with the last result of the resolution. */
  void end() {
    request.end();
    count();
  }

  /** Counts the request once, with the last result of the resolution. */
  void count() {
    Reconciliation now = resolvedSoFar();
    if (now != null && !counted) {
      counted = true;
      parts
          .statistics()
          .ended(now.decided().outcome(), now.decided().code(), claims.caller().key(), path);
    }
  }

  private void resolveWithoutLink() {
    ClaimsReader.UserClaims read = readClaims(null);
    Claims call = read.claims();
    resolve(
        new Claims(call.caller(), call.announced(), call.cookies(), call.consent(), true),
        read.userId());
  }

  /** Determines the user, as of this call. */
  ClaimsReader.Identified caller() {
    resolving = true;
    try {
      return parts.claims().caller(request.servletRequest());
    } finally {
      resolving = false;
    }
  }

  /**
   * Reads the claims of the request, as of this call.
   *
   * @param announced the valid code that an API call sends, or null
   */
  ClaimsReader.UserClaims readClaims(@Nullable VisitorCode announced) {
    resolving = true;
    try {
      return parts.claims().read(request, announced);
    } finally {
      resolving = false;
    }
  }

  /**
   * Resolves the visitor again, and writes the cookie.
   *
   * @param nextUserId the id of the signed-in user, or null
   */
  void resolve(Claims next, @Nullable String nextUserId) {
    resolve(
        next,
        nextUserId,
        parts.resolver().resolve(preview == null ? next : preview.withoutLink(next)));
  }

  private void resolve(Claims next, @Nullable String nextUserId, Reconciliation now) {
    userId = nextUserId;
    claims = next;
    resolved = now;
    if (!request.isOver()) {
      // At the end of an asynchronous request the container may have recycled its objects.
      path = request.servletRequest().getRequestURI();
      answer.publish(now);
    }
  }

  @Override
  public String toString() {
    Reconciliation now = resolvedSoFar();
    if (now == null) {
      return "not resolved";
    }
    Reconciliation hidden = now.observed();
    return hidden == null ? now.outcome().name() : "observed " + hidden.outcome();
  }
}
