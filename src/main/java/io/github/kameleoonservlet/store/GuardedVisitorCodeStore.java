package io.github.kameleoonservlet.store;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Opens a store in the background, and lets no request wait for it longer than a given time.
 *
 * <ol>
 *   <li>The store is opened on a thread of ours, and again with growing pauses while it is down.
 *       Until it is open every call fails at once.
 *   <li>Calls run on at most four daemon threads of ours, never on the caller's, which may be in a
 *       transaction of the application. One that is not answered in time fails; whether a link was
 *       made then shows at the next call.
 *   <li>After three failures in a row every call fails at once. A thread of ours asks the store
 *       each second, so that no request has to, and the first answer in time ends that. A store
 *       that finds users and links none, such as a replica that became read-only, goes on finding
 *       them.
 * </ol>
 *
 * <p>Fails with {@link StoreUnavailableException} only. Says one WARN per outage, of the store or
 * of links only, and one INFO at its end, one ERROR when the store can never be opened; none of
 * them shows a user, a code or a URL. Thread-safe.
 */
final class GuardedVisitorCodeStore implements VisitorCodeStore {

  private static final int FAILURES_IN_A_ROW = 3;
  private static final Duration PROBE_EVERY = Duration.ofSeconds(1);
  private static final Duration FIRST_RETRY = Duration.ofMillis(250);

  /** Whom a probe asks for: the key of no user. */
  private static final UserKey NOBODY = new UserKey("0".repeat(64));

  private final Duration timeout;
  private final StoreThreads threads = new StoreThreads();
  private final Outage outage = Outage.ofTheStore();
  private final Outage outageOfLinks = Outage.ofLinks();
  private final BackgroundOpening opening;
  private final Duration probeEvery;

  /** How many calls have failed since the last one that did not. */
  private final AtomicInteger failures = new AtomicInteger();

  private final AtomicBoolean down = new AtomicBoolean();

  /** How many links have failed since the last one that was made, a user being found in between. */
  private final AtomicInteger failedLinks = new AtomicInteger();

  private final AtomicBoolean found = new AtomicBoolean();

  /**
   * Starts to open a store. The threads get the context class loader of the caller.
   *
   * @param opener opens the store, may block, and is called again when it throws; not, however,
   *     after an {@link io.github.kameleoonservlet.identity.UnusableStoreException} or an error
   *     other than of the JVM itself
   * @param timeout the longest that a call waits
   */
  GuardedVisitorCodeStore(Supplier<? extends VisitorCodeStore> opener, Duration timeout) {
    this(opener, timeout, PROBE_EVERY, FIRST_RETRY);
  }

  GuardedVisitorCodeStore(
      Supplier<? extends VisitorCodeStore> opener,
      Duration timeout,
      Duration probeEvery,
      Duration firstRetry) {
    this.timeout = timeout;
    this.opening = new BackgroundOpening(opener, outage, firstRetry);
    this.probeEvery = probeEvery;
    threads.start(opening);
  }

  /**
   * Waits until the store is open.
   *
   * @return whether it is; false at once when it never will be, or the thread is interrupted
   */
  boolean awaitReady(Duration longest) {
    try {
      return opening.await(longest);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public Optional<VisitorCode> find(UserKey user) {
    Optional<VisitorCode> code = call(store -> store.find(user));
    found.set(true);
    return code;
  }

  @Override
  public LinkResult link(UserKey user, VisitorCode code) {
    try {
      LinkResult result = call(store -> store.link(user, code));
      if (result == LinkResult.LINKED) {
        failedLinks.set(0);
        unlessLogThrows(outageOfLinks::ended);
      }
      return result;
    } catch (StoreUnavailableException e) {
      // A store that finds nobody is down, which is said elsewhere.
      if (found.getAndSet(false) && failedLinks.incrementAndGet() >= FAILURES_IN_A_ROW) {
        unlessLogThrows(() -> outageOfLinks.began(e.getCause() == null ? e : e.getCause()));
      }
      throw e;
    }
  }

  private static void unlessLogThrows(Runnable line) {
    try {
      line.run();
    } catch (RuntimeException e) {
      // It is no reason to say something else of the link.
    }
  }

  @Override
  public boolean erase(UserKey user) {
    return call(store -> store.erase(user));
  }

  @Override
  public RenameResult rename(UserKey from, UserKey to) {
    return call(store -> store.rename(from, to));
  }

  /** Ends the threads, then closes the store; one that is being opened closes when it is open. */
  @Override
  public void close() {
    VisitorCodeStore store = opening.close();
    threads.close();
    if (store != null) {
      store.close();
    }
  }

  private <T> T call(Function<VisitorCodeStore, T> call) {
    VisitorCodeStore store = opening.store();
    if (store == null) {
      throw new StoreUnavailableException("the store is not open");
    }
    if (down.get()) {
      throw new StoreUnavailableException("the store is down");
    }
    try {
      T answer =
          threads.call(
              () -> Objects.requireNonNull(call.apply(store), "null from the store"), timeout);
      failures.set(0);
      return answer;
    } catch (ExecutionException e) {
      throw failed("the store failed", e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw failed("the store did not answer in time", e);
    } catch (RejectedExecutionException e) {
      throw failed("too many calls wait for the store", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      // Says something of the caller's thread and nothing of the store.
      throw new StoreUnavailableException("interrupted while waiting for the store", e);
    }
  }

  private StoreUnavailableException failed(String message, Throwable cause) {
    if (failures.incrementAndGet() >= FAILURES_IN_A_ROW && down.compareAndSet(false, true)) {
      try {
        outage.began(cause);
        threads.startAside(this::probe);
      } catch (RuntimeException | Error e) {
        // The JVM has no thread left, or a log throws. Somebody must ask, or nobody ever would.
        down.set(false);
      }
    }
    return new StoreUnavailableException(message, cause);
  }

  /** Asks the store again and again, in place of the requests, until it answers in time. */
  private void probe() {
    try {
      do {
        NANOSECONDS.sleep(probeEvery.toNanos());
      } while (!answers());
      failures.set(0);
      try {
        outage.ended();
      } finally {
        down.set(false);
      }
    } catch (InterruptedException e) {
      // Only close() interrupts us: nobody is left who wants to know.
      Thread.currentThread().interrupt();
    }
  }

  private boolean answers() throws InterruptedException {
    VisitorCodeStore store = opening.store();
    try {
      return store != null && threads.call(() -> store.find(NOBODY), timeout) != null;
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      return false;
    }
  }
}
