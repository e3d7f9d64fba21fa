package io.github.kameleoonservlet.internal.guard;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.github.kameleoonservlet.identity.RenameResult;
import io.github.kameleoonservlet.identity.StoreMisconfiguredException;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.internal.statistics.StoreCounts;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.Operation;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.Part;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.Result;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that is opened in the background, with a time limit for each call.
 *
 * <ol>
 *   <li>A thread of this class opens the store, and tries again with growing pauses while the store
 *       is down. Until the store is open, every call fails at once.
 *   <li>Calls run on at most four daemon threads of this class and never on the caller's thread,
 *       which may be in a transaction of the application. A call that is not answered in time
 *       fails; the next call then shows whether a link was made.
 *   <li>After three failed reads in a row every call fails at once. A thread of this class queries
 *       the store each second. The first answer in time ends the outage. A store that answers reads
 *       but accepts no links, such as a read-only replica, continues to answer reads.
 * </ol>
 *
 * <p>Throws {@link StoreUnavailableException} only. Logs one WARN per outage of the store or of
 * links, one INFO at its end, and one ERROR if the store is misconfigured; no line contains a user,
 * a code or a URL. Thread-safe.
 */
final class GuardedVisitorCodeStore implements VisitorCodeStore {

  private static final Logger LOG = LoggerFactory.getLogger(GuardedVisitorCodeStore.class);
  private static final int FAILURES_IN_A_ROW = 3;
  private static final Duration PROBE_EVERY = Duration.ofSeconds(1);
  private static final Duration FIRST_RETRY = Duration.ofMillis(250);

  private final Duration timeout;
  private final StoreThreads threads = new StoreThreads();
  private final StoreCounts counts;
  private final StoreOutage outage;
  private final WriteGuard writes;
  private final BackgroundOpening opening;
  private final Probe probe;
  private final Runnable release;

  /** The number of failed reads since the last answered one. */
  private final AtomicInteger failures = new AtomicInteger();

  private final AtomicBoolean down = new AtomicBoolean();

  /**
   * Starts to open a store. The threads get the context class loader of the caller.
   *
   * @param opener opens the store and may block; called again after it throws, except a {@link
   *     StoreMisconfiguredException} or an error that is not of the JVM itself
   * @param release releases what the opener keeps between attempts; called once, after the store is
   *     closed
   * @param timeout the maximum time that a call waits
   * @param counts counts calls and outages
   */
  GuardedVisitorCodeStore(
      Supplier<? extends VisitorCodeStore> opener,
      Runnable release,
      Duration timeout,
      StoreCounts counts) {
    this(opener, release, timeout, PROBE_EVERY, FIRST_RETRY, counts);
  }

  GuardedVisitorCodeStore(
      Supplier<? extends VisitorCodeStore> opener,
      Runnable release,
      Duration timeout,
      Duration probeEvery,
      Duration firstRetry,
      StoreCounts counts) {
    this.counts = counts;
    this.outage = StoreOutage.ofTheStore(counts);
    this.writes = new WriteGuard(threads, StoreOutage.ofLinks(counts));
    this.release = release;
    this.timeout = timeout;
    this.opening = new BackgroundOpening(opener, outage, counts, firstRetry);
    this.probe = new Probe(opening, threads, timeout, probeEvery);
    threads.start(opening);
  }

  /**
   * Waits until the store is open.
   *
   * @return whether the store is open; false at once if it is misconfigured, or if the thread is
   *     interrupted
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
      T found = counted(Operation.FIND, find, threads::call);
      failures.set(0);
      writes.readAnswered();
      return found;
    } catch (StoreUnavailableException e) {
      count(e, this::failed);
      throw e;
    }
  }

  /**
   * Prepares the store for users after the application has started: a missing table is created
   * before the first user signs in.
   *
   * @param patience how long to wait for the table
   */
  void firstRequestEnded(Duration patience) {
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
    LinkResult result = write(Operation.LINK, store -> store.link(user, code));
    if (result == LinkResult.LINKED) {
      writes.linkMade();
    }
    return result;
  }

  @Override
  public boolean erase(UserKey user) {
    return write(Operation.ERASE, store -> store.erase(user));
  }

  @Override
  public RenameResult rename(UserKey from, UserKey to) {
    return write(Operation.RENAME, store -> store.rename(from, to));
  }

  private <T> T write(Operation operation, Function<VisitorCodeStore, T> call) {
    try {
      return counted(operation, call, writes::call);
    } catch (StoreUnavailableException e) {
      count(e, writes::writeFailed);
      throw e;
    }
  }

  /** Counts a failure, unless the store was not called or the caller's thread was interrupted. */
  private static void count(StoreUnavailableException failure, Consumer<Throwable> counted) {
    Throwable cause = failure.getCause();
    if (cause != null && !(cause instanceof InterruptedException)) {
      counted.accept(cause);
    }
  }

  /**
   * Stops the threads, closes the store, and releases what the attempts to open it have left. Logs
   * a {@code Throwable} of the application's store.
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
          StoreOutage.reason(e));
    }
  }

  private <T> T counted(Operation operation, Function<VisitorCodeStore, T> call, Runner<T> runner) {
    long begin = System.nanoTime();
    Result result = Result.FAILED;
    try {
      T answer = call(call, runner);
      result = Result.ANSWERED;
      return answer;
    } catch (StoreUnavailableException e) {
      result = resultOf(e.getCause());
      throw e;
    } finally {
      counts.called(operation, result, System.nanoTime() - begin);
    }
  }

  private static Result resultOf(@Nullable Throwable cause) {
    if (cause == null || cause instanceof RejectedExecutionException) {
      return Result.REFUSED;
    }
    return cause instanceof TimeoutException ? Result.TIMED_OUT : Result.FAILED;
  }

  private <T> T call(Function<VisitorCodeStore, T> call, Runner<T> runner) {
    VisitorCodeStore store = opening.store();
    if (store == null) {
      throw new StoreUnavailableException("the store is not open");
    }
    if (down.get()) {
      throw new StoreUnavailableException("the store is down");
    }
    try {
      return runner.run(
          () -> Objects.requireNonNull(call.apply(store), "null from the store"), timeout);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreMisconfiguredException fault) {
        // The first call creates or checks the table, and may detect a wrong schema.
        opening.giveUp(fault);
        throw new StoreUnavailableException("the store is misconfigured");
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
        // The JVM has no thread left, or the log has thrown. Without a probe, requests must call
        // the store.
        counts.outageEnded(Part.STORE);
        down.set(false);
      }
    }
  }

  /** Runs a call on a thread of this class. */
  private interface Runner<T> {
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
      // Only close() interrupts this thread.
      Thread.currentThread().interrupt();
    }
  }
}
