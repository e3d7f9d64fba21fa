package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.data.manager.Visitor;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Removes visitors from the SDK's memory, which otherwise holds each visitor until a session of
 * half an hour is over: a crawler without cookies is a new visitor in each request. Beyond a number
 * of visitors, those are removed who are idle by {@link IdleCriteria}; the library gives the SDK
 * their User-Agent and consent again with the next exposure. Works on the SDK's scheduler, once a
 * second while there are too many. Thread-safe.
 */
final class IdleVisitors {

  /** Up to here visitors stay as long as the SDK may need them; beyond, memory comes first. */
  private static final int LEAST_STORM = 20_000;

  /** The maximum number of visitors that one run examines. */
  private static final int EXAMINED = 20_000;

  private final ConcurrentMap<String, Visitor> visitors;
  private final PendingCodes pending;
  private final ScheduledExecutorService scheduler;
  private final BooleanSupplier comparesAssignments;
  private final int maxVisitors;
  private final VisitorQueue queue = new VisitorQueue();
  private boolean scheduled;
  private volatile @Nullable Restorer restorer;

  /**
   * Creates an instance that removes no visitor before {@link #restoreWith}.
   *
   * @param visitors the SDK's own map
   * @param pending the visitors for whom the SDK has something to send
   * @param scheduler the SDK's scheduler
   * @param comparesAssignments whether conditions of the data file compare assigned variations
   * @param maxVisitors the number of visitors beyond which visitors are removed
   */
  IdleVisitors(
      ConcurrentMap<String, Visitor> visitors,
      PendingCodes pending,
      ScheduledExecutorService scheduler,
      BooleanSupplier comparesAssignments,
      int maxVisitors) {
    this.visitors = visitors;
    this.pending = pending;
    this.scheduler = scheduler;
    this.comparesAssignments = comparesAssignments;
    this.maxVisitors = maxVisitors;
  }

  /** Starts to remove visitors, which {@code now} can restore; null stops the removal. */
  void restoreWith(@Nullable Restorer now) {
    restorer = now;
  }

  /** Returns the SDK's visitor without prolonging the session; null if there is none. */
  @Nullable Visitor visitor(String code) {
    return visitors.get(code);
  }

  /**
   * Returns whether the SDK holds data of a visitor.
   *
   * @param userAgent whether the User-Agent is required
   * @param consent whether the consent is required
   */
  boolean holds(String code, boolean userAgent, boolean consent) {
    Visitor visitor = visitors.get(code);
    return visitor != null
        && (!userAgent || visitor.getUserAgent() != null)
        && (!consent || visitor.getLegalConsent());
  }

  /** Gives the SDK the User-Agent and the consent of a visitor again. */
  void restore(String code) {
    Restorer current = restorer;
    if (current != null) {
      current.restore(code);
    }
  }

  /** Records that the SDK has a visitor because of this library. */
  void added(String code) {
    if (restorer != null && queue.add(code)) {
      schedule();
    }
  }

  /** Returns how many visitors of this library the SDK may have. */
  int knownVisitors() {
    return queue.size();
  }

  private synchronized void schedule() {
    if (scheduled || queue.size() <= maxVisitors || restorer == null) {
      return;
    }
    // If visitors must stay, only those are taken out of the queue whose session is over.
    long millis =
        comparesAssignments.getAsBoolean()
            ? IdleCriteria.ACTIVITY_MILLIS
            : IdleCriteria.LEAST_MILLIS;
    try {
      ScheduledFuture<?> unused = scheduler.schedule(this::run, millis, TimeUnit.MILLISECONDS);
      scheduled = true;
    } catch (RejectedExecutionException e) {
      // The client is stopped: its memory goes with it.
    }
  }

  private void run() {
    try {
      remove(System.currentTimeMillis());
    } finally {
      synchronized (this) {
        scheduled = false;
        schedule();
      }
    }
  }

  /**
   * Removes visitors beyond the number, the longest known first; a visitor that must stay is
   * examined again later.
   *
   * @param now in milliseconds, as {@link System#currentTimeMillis}
   */
  void remove(long now) {
    boolean allStay = comparesAssignments.getAsBoolean();
    for (int i = 0; i < EXAMINED; i++) {
      Restorer current = restorer;
      boolean storm = queue.size() > Math.max(LEAST_STORM, 2L * maxVisitors);
      // Before the removal: a request after it adds the visitor again.
      String code = current == null ? null : queue.pollBeyond(maxVisitors);
      if (current == null || code == null) {
        return;
      }
      boolean gone =
          allStay ? !visitors.containsKey(code) : removeIfIdle(code, now, storm, current);
      if (!gone) {
        boolean unused = queue.add(code);
      }
    }
  }

  /** Returns whether the SDK has no such visitor any more. */
  private boolean removeIfIdle(String code, long now, boolean storm, Restorer current) {
    // Not by the SDK's getVisitor, which prolongs the session.
    Visitor visitor = visitors.get(code);
    if (visitor == null) {
      return true;
    }
    Predicate<Visitor> idle = one -> IdleCriteria.isIdle(one, now, storm);
    return idle.test(visitor)
        && current.canRestore(code, visitor.getLegalConsent())
        && pending.removeUnlessPending(visitors, code, idle);
  }

  /** Gives the SDK again what a removed visitor needs. */
  interface Restorer {

    /**
     * Returns whether the SDK can be given again what it has of a visitor.
     *
     * @param consented whether the SDK has the visitor's consent
     */
    boolean canRestore(String code, boolean consented);

    /** Gives the SDK a visitor's User-Agent and consent, unless the SDK has them. */
    void restore(String code);
  }
}
