package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.data.manager.Visitor;
import com.kameleoon.network.ISendable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
 * of visitors, those are removed of whom the SDK holds only delivered exposures, a User-Agent and a
 * consent; the library gives the SDK User-Agent and consent again with the next exposure. Works on
 * the SDK's scheduler, once a second while there are too many. Thread-safe.
 */
final class IdleVisitors {

  /** The engine tracking code names the experiments of the last five seconds (SDK 4.5.0). */
  private static final long NAMED_MILLIS = 5_000;

  /** Longer than a thread takes in the SDK from finding a visitor to adding data. */
  private static final long LEAST_MILLIS = 1_000;

  /** Longer than the SDK tries to send an activity, which it does not keep with the visitor. */
  private static final long ACTIVITY_MILLIS = 60_000;

  /** Up to here visitors stay as long as the SDK may need them; beyond, memory comes first. */
  private static final int LEAST_STORM = 20_000;

  /** The maximum number of visitors that one run examines. */
  private static final int EXAMINED = 20_000;

  private final ConcurrentMap<String, Visitor> visitors;
  private final PendingCodes pending;
  private final ScheduledExecutorService scheduler;
  private final BooleanSupplier comparesAssignments;
  private final int maxVisitors;
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Deque<String> queue = new ArrayDeque<>();
  private boolean scheduled;
  private volatile @Nullable Owner owner;

  /**
   * Creates an instance that removes no visitor until it has an owner.
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

  /** Starts to remove visitors; null stops it. */
  void ownedBy(@Nullable Owner now) {
    owner = now;
  }

  /** Returns the SDK's visitor without prolonging the session; null if there is none. */
  @Nullable Visitor visitor(String code) {
    return visitors.get(code);
  }

  /** Gives the SDK the User-Agent and the consent of a visitor again. */
  void introduce(String code) {
    Owner current = owner;
    if (current != null) {
      current.introduce(code);
    }
  }

  /** Records that the SDK has a visitor because of this library. */
  void seen(String code) {
    if (owner == null || known.contains(code) || !known.add(code)) {
      return;
    }
    synchronized (queue) {
      queue.addLast(code);
      schedule();
    }
  }

  /** Returns how many visitors of this library the SDK may have. */
  int size() {
    synchronized (queue) {
      return queue.size();
    }
  }

  private void schedule() {
    if (scheduled || queue.size() <= maxVisitors || owner == null) {
      return;
    }
    // If visitors must stay, only those are taken out of the queue whose session is over.
    long millis = comparesAssignments.getAsBoolean() ? ACTIVITY_MILLIS : LEAST_MILLIS;
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
      synchronized (queue) {
        scheduled = false;
        schedule();
      }
    }
  }

  /**
   * Removes visitors beyond the number, the longest known first; a visitor that must stay is
   * examined again later.
   */
  void remove(long now) {
    boolean allStay = comparesAssignments.getAsBoolean();
    for (int i = 0; i < EXAMINED; i++) {
      Owner current = owner;
      String code;
      boolean storm;
      synchronized (queue) {
        int size = queue.size();
        if (current == null || size <= maxVisitors) {
          return;
        }
        code = queue.removeFirst();
        storm = size > Math.max(LEAST_STORM, 2L * maxVisitors);
      }
      // Before the removal: a request after it queues the visitor again.
      known.remove(code);
      boolean gone = allStay ? visitors.get(code) == null : isRemoved(code, now, storm, current);
      if (!gone && known.add(code)) {
        synchronized (queue) {
          queue.addLast(code);
        }
      }
    }
  }

  private boolean isRemoved(String code, long now, boolean storm, Owner current) {
    // Not by the SDK's getVisitor, which prolongs the session.
    Visitor visitor = visitors.get(code);
    if (visitor == null) {
      return true;
    }
    Predicate<Visitor> removable =
        one ->
            one.getLastActivityDateTime() <= now - neededMillis(one, storm)
                && holdsOnlyDelivered(one);
    return removable.test(visitor)
        && current.mayRemove(code, visitor.getLegalConsent())
        && pending.removeUnlessPending(visitors, code, removable);
  }

  private static long neededMillis(Visitor visitor, boolean storm) {
    if (visitor.getAssignedVariations().isEmpty()) {
      return storm ? NAMED_MILLIS : ACTIVITY_MILLIS;
    }
    return storm ? LEAST_MILLIS : NAMED_MILLIS;
  }

  private static boolean holdsOnlyDelivered(Visitor visitor) {
    return visitor.getCustomData().isEmpty()
        && visitor.getPageViewVisits().isEmpty()
        && visitor.getConversions().isEmpty()
        && visitor.getDevice() == null
        && visitor.getBrowser() == null
        && visitor.getOperatingSystem() == null
        && visitor.getGeolocation() == null
        && visitor.getCookie() == null
        && visitor.getKcsHeat() == null
        && visitor.getVisitorVisits() == null
        && visitor.getMappingIdentifier() == null
        && !visitor.isUniqueIdentifier()
        && visitor.getAssignedVariations().values().stream().allMatch(ISendable::isSent);
  }

  /** Gives the SDK again what a removed visitor needs. */
  interface Owner {

    /**
     * Returns whether the SDK can be given again what it has of a visitor.
     *
     * @param consented whether the SDK has the visitor's consent
     */
    boolean mayRemove(String code, boolean consented);

    /** Gives the SDK a visitor's User-Agent and consent, unless the SDK has them. */
    void introduce(String code);
  }
}
