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
 * The decision table: determines which visitor code a request has, and what the library writes.
 * Calls only the source of new codes.
 *
 * <ol>
 *   <li>The library checks whether it may write anything. For a request that is not measured the
 *       outcome is {@link Outcome#UNRESOLVED}, independent of the consent, which is that of another
 *       person; without consent the outcome is {@link Outcome#WITHHELD}; for a caller whom the
 *       application could not identify, {@code UNRESOLVED}.
 *   <li>An anonymous caller has the first presented code, otherwise a new one. The library does not
 *       call the store.
 *   <li>A user with a stored code has that code, independent of the presented codes.
 *   <li>A user without a stored code is linked to the presented code. If no code is presented, or
 *       if the code belongs to another user, the user is linked to a new one. A passive request
 *       links no user.
 *   <li>A lost race starts another round. After three rounds, or if the store does not answer, the
 *       outcome is {@link Outcome#UNRESOLVED}, because a wrong code would be worse than none.
 * </ol>
 *
 * <p>Immutable; thread-safe if the source of new codes is.
 */
public final class Reconciler {

  /** The maximum of rounds; after so many lost races the request stays unresolved. */
  static final int MAX_ROUNDS = 3;

  private final Supplier<VisitorCode> newCodes;

  /** Creates a reconciler with the source of new codes. */
  public Reconciler(Supplier<VisitorCode> newCodes) {
    this.newCodes = newCodes;
  }

  /** Returns the first step for a request. */
  Step begin(Claims claims) {
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

  /** Returns the next step after the store has found the code of the user, or none. */
  Step found(Step.Find find, Optional<VisitorCode> stored) {
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

  /** Returns the next step after the store has tried to link the user. */
  Step linked(Step.Link link, LinkResult result) {
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
    // Only a presented code can belong to another user. If a drawn code is taken, the next round
    // draws another one.
    Outcome outcome = claims.presented().contains(link.code()) ? Outcome.SEPARATED : link.outcome();
    return new Step.Link(claims, link.user(), newCodes.get(), outcome, round);
  }

  /** Returns the last step if the store does not answer in time. */
  Step.Done unresolved(Claims claims) {
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
