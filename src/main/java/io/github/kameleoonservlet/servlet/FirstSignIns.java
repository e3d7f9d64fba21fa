package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.identity.Outcome;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the last 100 sign-ins that a browser's code did not fit, or no stored code, led to.
 * With an id that changes at each login nearly all are {@code SEPARATED}, and no user ever comes
 * back to be {@code RESTORED}. Thread-safe.
 */
final class FirstSignIns {

  /** How many sign-ins are looked at; fewer prove nothing. */
  static final int LAST = 100;

  /** On devices that people share, they come back: more than so many returns are no mistake. */
  private static final int FEW_RETURNS = 5;

  private final @Nullable Outcome[] outcomes = new Outcome[LAST];
  private int next;

  /**
   * Adds a sign-in.
   *
   * @return how many of the last 100 were {@code SEPARATED} when that shows an id that changes with
   *     each login, else 0
   */
  synchronized int add(Outcome outcome) {
    outcomes[next] = outcome;
    next = (next + 1) % LAST;
    int separated = count(Outcome.SEPARATED);
    boolean wrong =
        count(null) == 0 && separated > LAST / 2 && count(Outcome.RESTORED) <= FEW_RETURNS;
    return wrong ? separated : 0;
  }

  private int count(@Nullable Outcome wanted) {
    return (int) Arrays.stream(outcomes).filter(outcome -> outcome == wanted).count();
  }
}
