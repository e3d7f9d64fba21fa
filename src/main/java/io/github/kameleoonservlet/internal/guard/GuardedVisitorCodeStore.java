package io.github.kameleoonservlet.internal.guard;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UnusableStoreException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a store in the background, and lets no request wait for it longer than a given time.
 *
 * <ol>
 *   <li>The store is opened on a thread of ours, and again with growing pauses while it is down.
 *       Until it is open every call fails at once.
 *   <li>Calls run on at most four daemon threads of ours, never on the caller's, which may be in a
 *       transaction of the application. One that is not answered in time fails; whether a link was
 *       made then shows at the next call.
 *   <li>After three finds in a row that failed every call fails at once. A thread of ours asks the
 *       store each second, so that no request has to, and the first answer in time ends that. A
 *       store that finds users and links none, such as a replica that became read-only, goes on
 *       finding them.
 * </ol>
 *
 * <p>Fails with {@link StoreUnavailableException} only. Says one WARN per outage, of the store or
 * of links only, and one INFO at its end, one ERROR when the store can never be opened; none of
 * them shows a user, a code or a URL. Thread-safe.
 */
final class GuardedVisitorCodeStore implements VisitorCodeStore {

  private static final Logger LOG = LoggerFactory.getLogger(GuardedVisitorCodeStore.class);
  private static final int FAILURES_IN_A_ROW = 3;
  private static final Duration PROBE_EVERY = Duration.ofSeconds(1);
  private static final Duration FIRST_RETRY = Duration.ofMillis(250);

  private final Duration timeout;
  private final StoreThreads threads = new StoreThreads();
  private final Outage outage = Outage.ofTheStore();
  private final Writes writes = new Writes(threads);
  private final BackgroundOpening opening;
  private final Probe probe;
  private final Runnable release;

  /** How many finds have failed since the last one that did not. */
  private final AtomicInteger failures = new AtomicInteger();

  private final AtomicBoolean down = new AtomicBoolean();

  /**
   * Starts to open a store. The threads get the context class loader of the caller.
   *
   * @param opener opens the store, may block, and is called again when it throws; not, however,
   *     after an {@link io.github.kameleoonservlet.identity.UnusableStoreException} or an error
   *     other than of the JVM itself
   * @param release releases what the opener keeps between attempts; called once, after the store is
   *     closed
   * @param timeout the longest that a call waits
   */
  GuardedVisitorCodeStore(
      Supplier<? extends VisitorCodeStore> opener, Runnable release, Duration timeout) {
    this(opener, release, timeout, PROBE_EVERY, FIRST_RETRY);
  }

  GuardedVisitorCodeStore(
      Supplier<? extends VisitorCodeStore> opener,
      Runnable release,
      Duration timeout,
      Duration probeEvery,
      Duration firstRetry) {
    this.release = release;
    this.timeout = timeout;
    this.opening = new BackgroundOpening(opener, outage, firstRetry);
    this.probe = new Probe(opening, threads, timeout, probeEvery);
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
    return read(store -> store.find(user));
  }

  @Override
  public Optional<Link> find(UserKey user, UserKey previous) {
    return read(store -> store.find(user, previous));
  }

  private <T> T read(Function<VisitorCodeStore, T> find) {
    try {
      T found = call(find, threads::call);
      failures.set(0);
      writes.answers();
      return found;
    } catch (StoreUnavailableException e) {
      count(e, this::failed);
      throw e;
    }
  }

  /**
   * Prepares the store for users after the application has started: creates a missing table before
   * the first user comes.
   *
   * @param patience how long to wait for the table
   */
  void requestsCome(Duration patience) {
    FutureTask<Void> preparation = new FutureTask<>(probe::once, null);
    try {
      threads.start(preparation);
      if (!patience.isZero()) {
        preparation.get(patience.toNanos(), NANOSECONDS);
      }
    } catch (RejectedExecutionException
        | OutOfMemoryError
        | ExecutionException
        | TimeoutException e) {
      // The first call for a user then prepares the store.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public LinkResult link(UserKey user, VisitorCode code) {
    LinkResult result = write(store -> store.link(user, code));
    if (result == LinkResult.LINKED) {
      writes.made();
    }
    return result;
  }

  @Override
  public boolean erase(UserKey user) {
    return write(store -> store.erase(user));
  }

  @Override
  public RenameResult rename(UserKey from, UserKey to) {
    return write(store -> store.rename(from, to));
  }

  private <T> T write(Function<VisitorCodeStore, T> call) {
    try {
      return call(call, writes::call);
    } catch (StoreUnavailableException e) {
      count(e, writes::failed);
      throw e;
    }
  }

  /** Not when it was not asked, or the caller's thread was interrupted. */
  private static void count(StoreUnavailableException failure, Consumer<Throwable> counted) {
    Throwable cause = failure.getCause();
    if (cause != null && !(cause instanceof InterruptedException)) {
      counted.accept(cause);
    }
  }

  /**
   * Ends the threads, closes the store, and releases what the attempts to open a store have left.
   * Logs a throwable of the application's store.
   */
  @Override
  public void close() {
    VisitorCodeStore store = opening.close();
    threads.close();
    if (store != null) {
      closing(store::close);
    }
    closing(release);
  }

  private static void closing(Runnable step) {
    try {
      step.run();
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      LOG.warn(
          "The visitor code store failed while it was closed ({}). Its threads or connections may"
              + " still be open.",
          Outage.reason(e));
    }
  }

  private <T> T call(Function<VisitorCodeStore, T> call, Way<T> way) {
    VisitorCodeStore store = opening.store();
    if (store == null) {
      throw new StoreUnavailableException("the store is not open");
    }
    if (down.get()) {
      throw new StoreUnavailableException("the store is down");
    }
    try {
      return way.run(
          () -> Objects.requireNonNull(call.apply(store), "null from the store"), timeout);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnusableStoreException unusable) {
        // The first call creates the table, or finds it, and may detect that the schema is wrong.
        opening.giveUp(unusable);
        throw new StoreUnavailableException("the store cannot be used");
      }
      throw new StoreUnavailableException(
          "the store failed", e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new StoreUnavailableException("the store did not answer in time", e);
    } catch (RejectedExecutionException e) {
      throw new StoreUnavailableException("too many calls wait for the store", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while waiting for the store", e);
    }
  }

  private void failed(Throwable cause) {
    if (failures.incrementAndGet() >= FAILURES_IN_A_ROW && down.compareAndSet(false, true)) {
      writes.storeIsDown();
      try {
        outage.began(cause);
        threads.startAside(this::probe);
      } catch (RuntimeException | Error e) {
        // The JVM has no thread left, or a log throws. Somebody must ask, or nobody ever would.
        down.set(false);
      }
    }
  }

  /** How a call gets to a thread of ours. */
  private interface Way<T> {
    T run(Callable<T> call, Duration longest)
        throws ExecutionException, TimeoutException, InterruptedException;
  }

  private void probe() {
    try {
      if (!probe.untilAnswered()) {
        return;
      }
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
}
