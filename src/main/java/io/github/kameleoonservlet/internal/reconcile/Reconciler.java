package io.github.kameleoonservlet.internal.reconcile;

import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore.LinkResult;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation.CookieAction;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides which visitor code a request has, and what is to be written. Pure: it calls nobody but
 * the source of new codes.
 *
 * <ol>
 *   <li>May anything be written? For a request that is not measured the outcome is {@link
 *       Outcome#UNRESOLVED}, independent of the consent, which is that of another person; without
 *       consent the outcome is {@link Outcome#WITHHELD}; for a caller whom the application could
 *       not identify, {@code UNRESOLVED}.
 *   <li>Nobody is signed in: the first presented code, else a new one. The store is not asked.
 *   <li>A user with a stored code has that code, whatever the browser brought.
 *   <li>A user without one is linked to the presented code, or, when that is somebody else's or
 *       none was presented, to a new one. A passive request links nobody.
 *   <li>A lost race starts another round. After three, or when the store does not answer, the
 *       outcome is {@link Outcome#UNRESOLVED}: better no code for one request than a wrong one.
 * </ol>
 *
 * <p>Immutable; thread-safe when the source of new codes is.
 */
public final class Reconciler {

  /** How many rounds of lost races are run before the request stays unresolved. */
  public static final int MAX_ROUNDS = 3;

  private final Supplier<VisitorCode> newCodes;

  /** Takes the source of new codes. */
  public Reconciler(Supplier<VisitorCode> newCodes) {
    this.newCodes = newCodes;
  }

  /** Takes the first step for a request. */
  public Step begin(Claims claims) {
    if (!claims.caller().measured()) {
      return unresolved(claims);
    }
    if (claims.consent() != Consent.GIVEN) {
      CookieAction cookie =
          claims.consent() == Consent.REFUSED ? CookieAction.DELETE : CookieAction.LEAVE;
      return requestOnly(claims, Outcome.WITHHELD, cookie);
    }
    if (!claims.caller().identified()) {
      return unresolved(claims);
    }
    if (claims.caller().key() != null) {
      return new Step.Find(claims, claims.caller(), 1);
    }
    List<VisitorCode> presented = claims.presented();
    if (!presented.isEmpty()) {
      return done(claims, presented.get(0), Outcome.RECOGNIZED);
    }
    return claims.passive() ? unresolved(claims) : done(claims, newCodes.get(), Outcome.ISSUED);
  }

  /** Goes on after the store said which code the user has, if any. */
  public Step found(Step.Find find, Optional<VisitorCode> stored) {
    Claims claims = find.claims();
    UserKey user = find.user().key();
    List<VisitorCode> presented = claims.presented();
    if (stored.isPresent()) {
      VisitorCode code = stored.get();
      Outcome outcome = presented.contains(code) ? Outcome.RECOGNIZED : Outcome.RESTORED;
      return done(claims, code, outcome);
    }
    if (claims.passive() || user == null) {
      return unresolved(claims);
    }
    VisitorCode code = presented.isEmpty() ? newCodes.get() : presented.get(0);
    return new Step.Link(claims, user, code, Outcome.LINKED, find.round());
  }

  /** Goes on after the store tried to link the user. */
  public Step linked(Step.Link link, LinkResult result) {
    Claims claims = link.claims();
    if (result == LinkResult.LINKED) {
      return done(claims, link.code(), link.outcome());
    }
    int round = link.round() + 1;
    if (round > MAX_ROUNDS) {
      return unresolved(claims);
    }
    if (result == LinkResult.USER_LINKED) {
      return new Step.Find(claims, claims.caller(), round);
    }
    // Only a presented code can be somebody else's; a drawn one that is taken is drawn again.
    Outcome outcome = claims.presented().contains(link.code()) ? Outcome.SEPARATED : link.outcome();
    return new Step.Link(claims, link.user(), newCodes.get(), outcome, round);
  }

  /** Ends a reconciliation whose store did not answer, or not in time. */
  public Step.Done unresolved(Claims claims) {
    return requestOnly(claims, Outcome.UNRESOLVED, CookieAction.LEAVE);
  }

  private Step.Done requestOnly(Claims claims, Outcome outcome, CookieAction cookie) {
    VisitorCode code = claims.presented().stream().findFirst().orElseGet(newCodes);
    return new Step.Done(new Reconciliation(code, outcome, cookie, false));
  }

  private static Step.Done done(Claims claims, VisitorCode code, Outcome outcome) {
    CookieAction cookie = CookieAction.REWRITE;
    if (claims.cookies().contains(code)) {
      cookie = CookieAction.REFRESH;
    } else if (claims.cookies().isEmpty()) {
      cookie = CookieAction.WRITE;
    }
    return new Step.Done(new Reconciliation(code, outcome, cookie, !claims.passive()));
  }
}
