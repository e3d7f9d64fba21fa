package io.github.kameleoonservlet.internal.monitor;

import io.github.kameleoonservlet.identity.Outcome;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A counter of the outcomes of the last 100 sign-ins of users who have no stored code, or whose
 * stored code differs from the browser's. If the user id changes at each login, nearly all outcomes
 * are {@code SEPARATED}, and few are {@code RESTORED}. Thread-safe.
 */
final class FirstSignIns {

  /** The number of counted sign-ins. Fewer sign-ins are no evidence. */
  static final int LAST = 100;

  /** The maximum of {@code RESTORED} for a changing id. On shared devices more users return. */
  private static final int FEW_RETURNS = 5;

  private final @Nullable Outcome[] outcomes = new Outcome[LAST];
  private int next;

  /**
   * Adds a sign-in.
   *
   * @return the number of {@code SEPARATED} among the last 100 if that shows an id that changes
   *     with each login, otherwise 0
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
