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
 * The removal of idle visitors from the SDK's memory. The SDK otherwise holds each visitor for a
 * session of half an hour, and a crawler without cookies is a new visitor in each request. Beyond a
 * number of visitors, the visitors that are idle by {@link IdleCriteria} are removed. The SDK gets
 * the User-Agent and the consent of a removed visitor again with the next exposure. The removal
 * runs on the SDK's scheduler, once a second while there are too many visitors. Thread-safe.
 */
final class IdleVisitors {

  /** Beyond this number, memory has precedence over data that the SDK may still need. */
  private static final int LEAST_CROWD = 20_000;

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
   * Creates an instance that removes no visitor before the first call of {@link #restoreWith}.
   *
   * @param visitors the SDK's map of visitors
   * @param pending the visitors whose events the SDK has not sent yet
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

  /**
   * Starts or stops the removal.
   *
   * @param now restores removed visitors; null stops the removal
   */
  void restoreWith(@Nullable Restorer now) {
    restorer = now;
  }

  /**
   * Returns the SDK's visitor without prolonging the session; null if the SDK has no such visitor.
   */
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

  /** Passes the User-Agent and the consent of a visitor to the SDK again. */
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
    // If conditions compare assignments, visitors must stay. The queue then drops only visitors
    // whose session is over, so that a longer pause is enough.
    long millis =
        comparesAssignments.getAsBoolean()
            ? IdleCriteria.ACTIVITY_MILLIS
            : IdleCriteria.LEAST_MILLIS;
    try {
      ScheduledFuture<?> unused = scheduler.schedule(this::run, millis, TimeUnit.MILLISECONDS);
      scheduled = true;
    } catch (RejectedExecutionException e) {
      // The client is stopped, so that its memory becomes free without this class.
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
   * Removes visitors beyond the maximum number, beginning with the visitor that was added first. A
   * visitor that must stay is examined again in a later run.
   *
   * @param now in milliseconds, as {@link System#currentTimeMillis}
   */
  void remove(long now) {
    boolean allStay = comparesAssignments.getAsBoolean();
    for (int i = 0; i < EXAMINED; i++) {
      Restorer current = restorer;
      boolean crowded = queue.size() > Math.max(LEAST_CROWD, 2L * maxVisitors);
      // Out of the queue before the removal, so that a request after the removal adds the visitor
      // again.
      String code = current == null ? null : queue.pollBeyond(maxVisitors);
      if (current == null || code == null) {
        return;
      }
      boolean gone =
          allStay ? !visitors.containsKey(code) : removeIfIdle(code, now, crowded, current);
      if (!gone) {
        boolean unused = queue.add(code);
      }
    }
  }

  /**
   * Removes a visitor if the visitor is idle; returns whether the SDK no longer has the visitor.
   */
  private boolean removeIfIdle(String code, long now, boolean crowded, Restorer current) {
    // The SDK's getVisitor would prolong the session.
    Visitor visitor = visitors.get(code);
    if (visitor == null) {
      return true;
    }
    Predicate<Visitor> idle = one -> IdleCriteria.isIdle(one, now, crowded);
    return idle.test(visitor)
        && current.canRestore(code, visitor.getLegalConsent())
        && pending.removeUnlessPending(visitors, code, idle);
  }

  /** The source of the data that the SDK needs again after a removal. */
  interface Restorer {

    /**
     * Returns whether {@link #restore} can restore all of the SDK's data of a visitor.
     *
     * @param consented whether the SDK has the visitor's consent
     */
    boolean canRestore(String code, boolean consented);

    /** Passes a visitor's User-Agent and consent to the SDK, unless the SDK has them. */
    void restore(String code);
  }
}
