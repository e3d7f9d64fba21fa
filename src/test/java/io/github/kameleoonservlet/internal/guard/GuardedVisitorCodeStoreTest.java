package io.github.kameleoonservlet.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.github.kameleoonservlet.identity.StoreMisconfiguredException;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.identity.VisitorCodeStore.LinkResult;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.State;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/** Tests the guard of the store. The time limit fails a test that waits without an end. */
@Timeout(600)
class GuardedVisitorCodeStoreTest {

  private static final UserKey USER = new UserKey("a".repeat(64));
  private static final VisitorCode CODE = new VisitorCode("the-code-itself");
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration SOON = Duration.ofMillis(1);

  private final Statistics statistics = new Statistics(0);
  private final FakeStore store = new FakeStore();
  private final CountDownLatch release = new CountDownLatch(1);
  private final RecordedLog log = new RecordedLog(Level.INFO);
  private final List<Thread> callers = new ArrayList<>();
  private GuardedVisitorCodeStore guarded;

  @AfterEach
  void close() throws Exception {
    release.countDown();
    if (guarded != null) {
      guarded.close();
    }
    for (Thread caller : callers) {
      caller.join();
    }
    log.close();
    await().until(() -> storeThreads().isEmpty());
  }

  @Test
  void find_storeHangs_failsAfterTimeOut() {
    open(SHORT, NEVER);
    store.held = release;

    assertUnavailable("the store did not answer in time");
  }

  @Test
  void everyCall_ofRequest_runsOnDaemonThreadOfGuard() {
    ClassLoader loader = new ClassLoader(null) {};
    ThreadLocal<String> ofTheRequest = new InheritableThreadLocal<>();
    ofTheRequest.set("request");
    List<Thread> threads = new CopyOnWriteArrayList<>();
    List<String> inherited = new CopyOnWriteArrayList<>();
    store.onCall =
        () -> {
          threads.add(Thread.currentThread());
          inherited.add(String.valueOf(ofTheRequest.get()));
        };
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(loader);
    try {
      open(
          () -> {
            store.onCall.run();
            return store;
          },
          LONG,
          NEVER);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }

    assertThat(guarded.awaitReady(LONG)).isTrue();
    guarded.find(USER);
    guarded.link(USER, CODE);
    guarded.rename(USER, USER);
    guarded.erase(USER);

    assertThat(threads)
        .as("of the opening and of four calls")
        .hasSize(5)
        .allSatisfy(
            thread -> {
              assertThat(thread.isDaemon()).isTrue();
              assertThat(thread.getName()).startsWith("kameleoon-servlet-store-");
              assertThat(thread.getContextClassLoader()).isSameAs(loader);
            });
    assertThat(inherited).containsOnly("null");
  }

  @Test
  void find_manyAtOnce_usesFourThreadsAtMost() {
    open(LONG, NEVER);
    store.held = release;
    for (int i = 0; i < 32; i++) {
      inBackground(() -> guarded.find(USER));
    }
    await().until(() -> store.calls.get() >= StoreThreads.THREADS);
    await().until(() -> callers.stream().allMatch(this::waits));

    assertThat(store.calls).hasValue(StoreThreads.THREADS);
    assertThat(storeThreads()).hasSize(StoreThreads.THREADS);
  }

  @Test
  void find_queueFull_failsAtOnce() {
    open(LONG, NEVER);
    store.held = release;
    for (int i = 0; i < StoreThreads.THREADS + StoreThreads.QUEUE; i++) {
      inBackground(() -> guarded.find(USER));
    }
    await().until(() -> callers.stream().allMatch(this::waits));

    assertUnavailable("too many calls wait for the store");
  }

  @Test
  void link_notStartedInTime_isNeverMade() {
    open(Duration.ofMillis(200), NEVER);
    store.held = release;
    for (int i = 0; i < StoreThreads.THREADS; i++) {
      inBackground(() -> guarded.find(USER));
    }
    await().until(() -> store.calls.get() == StoreThreads.THREADS);
    assertThatThrownBy(() -> guarded.link(USER, CODE))
        .isInstanceOf(StoreUnavailableException.class);
    release.countDown();

    guarded.close();
    assertThat(store.find(USER)).isEmpty();
    assertThat(store.calls).hasValue(StoreThreads.THREADS + 1);
  }

  @Test
  void find_storeDown_doesNotCallStoreAndLogsOnce() {
    open(LONG, NEVER);
    store.down = true;
    for (int i = 0; i < 50; i++) {
      assertThatThrownBy(() -> guarded.find(USER)).isInstanceOf(StoreUnavailableException.class);
    }

    assertThat(store.calls).hasValue(3);
    assertThat(log.complaints())
        .singleElement()
        .asString()
        .startsWith("WARN")
        .contains("SQLException with SQLState 08001");
    assertNothingSecret();
  }

  @Test
  void link_storeReadOnly_logsOnceAndUsersAreFound() {
    open(LONG, NEVER);
    store.readOnly = true;
    for (int i = 0; i < 20; i++) {
      assertThat(guarded.find(USER)).isEmpty();
      assertThatThrownBy(() -> guarded.link(USER, CODE))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessage("the store failed");
    }

    assertThat(log.complaints())
        .singleElement()
        .asString()
        .startsWith("WARN")
        .contains("accepts no links", "SQLState 25006");
    store.readOnly = false;
    guarded.link(USER, CODE);
    assertThat(guarded.find(USER)).contains(CODE);
    assertThat(log.lines()).last().asString().startsWith("INFO").contains("accepts links again");
    assertNothingSecret();
  }

  @Tag("slow")
  @Test
  void find_linksHang_isAnsweredAndLinksFailAtOnce() {
    open(Duration.ofSeconds(2), NEVER);
    store.linksHeld = release;
    for (int i = 0; i < 20; i++) {
      // On a machine that stops for two seconds one find may fail, but not three in a row.
      await().pollDelay(Duration.ZERO).ignoreExceptions().until(() -> guarded.find(USER) != null);
      assertThatThrownBy(() -> guarded.link(USER, CODE))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessage("the store did not answer in time");
    }

    assertThat(store.waiting).as("with a thread left for finds").hasValue(StoreThreads.THREADS - 1);
    assertThat(log.complaints()).singleElement().asString().contains("accepts no links");
    release.countDown();
    await().ignoreExceptions().until(() -> guarded.link(USER, CODE) == LinkResult.LINKED);
    assertThat(log.lines()).last().asString().startsWith("INFO").contains("accepts links again");
  }

  @Test
  void link_storeDown_logsStoreOutageOnly() {
    open(LONG, SOON);
    for (int i = 0; i < 5; i++) {
      assertThat(guarded.find(USER)).isEmpty();
      store.down = true;
      for (int k = 0; k < 5; k++) {
        assertThatThrownBy(() -> guarded.link(USER, CODE))
            .isInstanceOf(StoreUnavailableException.class)
            .hasMessage("the store failed");
      }
      goDown();
      store.down = false;
      await().ignoreExceptions().until(() -> guarded.find(USER).isEmpty());
    }

    assertThat(log.complaints()).hasSize(5).allMatch(line -> line.contains("does not answer"));
  }

  @Test
  void find_storeDownDuringProbe_failsAtOnce() {
    open(LONG, SOON);
    goDown();
    store.held = release;
    store.down = false;
    await().until(() -> store.waiting.get() == 1);
    int calls = store.calls.get();
    for (int i = 0; i < 50; i++) {
      assertUnavailable("the store is down");
    }

    assertThat(store.calls).as("the probe only").hasValue(calls);
    release.countDown();
    await().ignoreExceptions().until(() -> guarded.find(USER).isEmpty());
  }

  @Test
  void find_storeReturnsSlowly_staysDown() {
    open(SHORT, SOON);
    goDown();
    store.held = release;
    store.down = false;
    // Each of the four probes occupies a thread without ending the outage.
    await().until(() -> store.waiting.get() == StoreThreads.THREADS);
    assertUnavailable("the store is down");

    release.countDown();
    await().ignoreExceptions().until(() -> guarded.find(USER).isEmpty());
  }

  @Test
  void probe_storeReturnsWithoutCalls_endsOutage() {
    open(LONG, SOON);
    goDown();
    store.down = false;

    await().until(() -> log.lines().size() == 2);
    assertThat(log.lines().get(1)).startsWith("INFO").contains("answers again");
    await().ignoreExceptions().until(() -> guarded.find(USER).isEmpty());
  }

  @Test
  void close_whileDown_leavesNoThread() {
    open(LONG, NEVER);
    goDown();
    await().until(() -> storeThreads().stream().anyMatch(this::waits));

    guarded.close();

    assertThat(storeThreads()).isEmpty();
  }

  @Test
  void find_storeReturns_answersAndLogsOnce() {
    open(LONG, SOON);
    goDown();
    store.down = false;

    await().ignoreExceptions().until(() -> guarded.find(USER).isEmpty());
    guarded.find(USER);

    assertThat(log.lines()).hasSize(2);
    assertThat(log.lines().get(0)).startsWith("WARN");
    assertThat(log.lines().get(1)).startsWith("INFO").contains("answers again");
  }

  @Test
  void find_callersInterrupted_reportsNoOutage() {
    open(LONG, NEVER);
    store.held = release;
    for (int i = 0; i < 5; i++) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> guarded.find(USER)).isInstanceOf(StoreUnavailableException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
    release.countDown();

    assertThat(guarded.find(USER)).isEmpty();
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void find_logThrowsAtStartOfOutage_failsAndStoreRecovers() {
    open(LONG, SOON);
    store.down = true;
    whileLogThrows(
        () -> {
          for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> guarded.find(USER))
                .isInstanceOf(StoreUnavailableException.class);
          }
        });
    store.down = false;

    await().ignoreExceptions().until(() -> guarded.find(USER).isEmpty());
  }

  @Test
  void state_logThrowsAtStartOfOutage_isReachable() {
    open(LONG, NEVER);
    store.down = true;
    whileLogThrows(
        () -> {
          for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> guarded.find(USER))
                .isInstanceOf(StoreUnavailableException.class);
          }
        });
    store.down = false;

    assertThat(guarded.find(USER)).isEmpty();
    assertThat(statistics.store().state()).isEqualTo(State.REACHABLE);
  }

  @Test
  void find_logThrowsAtEndOfOutage_storeRecovers() {
    open(LONG, SOON);
    goDown();
    whileLogThrows(
        () -> {
          store.down = false;
          await().ignoreExceptions().until(() -> guarded.find(USER).isEmpty());
        });
  }

  @Tag("slow")
  @Test
  void find_secondOutage_isLogged() {
    open(LONG, SOON);
    for (int outage = 1; outage <= 2; outage++) {
      goDown();
      store.down = false;
      await().ignoreExceptions().until(() -> guarded.find(USER).isEmpty());
    }

    assertThat(log.complaints()).hasSize(2);
  }

  @Test
  void find_storeNotOpen_failsAtOnce() {
    open(held(), LONG, NEVER);

    assertUnavailable("the store is not open");
  }

  @Test
  void open_databaseDownAtFirst_isRepeated() {
    AtomicInteger attempts = new AtomicInteger();
    open(
        () -> {
          if (attempts.incrementAndGet() < 4) {
            throw new StoreUnavailableException(FakeStore.SECRET);
          }
          return store;
        },
        LONG,
        NEVER);

    assertThat(guarded.awaitReady(LONG)).isTrue();
    assertThat(attempts).hasValue(4);
    assertThat(guarded.find(USER)).isEmpty();
    assertThat(log.lines()).hasSize(2);
    assertThat(log.lines().get(0)).startsWith("WARN").contains("StoreUnavailableException");
    assertThat(log.lines().get(1)).startsWith("INFO");
    assertNothingSecret();
  }

  @Test
  void open_misconfigured_logsOneErrorAndIsNotRepeated() {
    AtomicInteger attempts = new AtomicInteger();
    open(
        () -> {
          attempts.incrementAndGet();
          throw new StoreMisconfiguredException("The table is missing.");
        },
        LONG,
        NEVER);

    assertThat(guarded.awaitReady(LONG)).isFalse();
    assertUnavailable("the store is not open");
    guarded.close();
    assertThat(attempts).hasValue(1);
    assertThat(log.lines())
        .singleElement()
        .asString()
        .startsWith("ERROR")
        .contains("The table is missing.");
  }

  @Test
  void open_classMissing_logsOneErrorAndIsNotRepeated() {
    open(
        () -> {
          throw new NoClassDefFoundError("org/h2/Driver");
        },
        LONG,
        NEVER);

    assertThat(guarded.awaitReady(LONG)).isFalse();
    assertThat(log.lines()).singleElement().asString().startsWith("ERROR");
  }

  @Test
  void open_outOfMemory_isRepeated() {
    AtomicInteger attempts = new AtomicInteger();
    open(
        () -> {
          if (attempts.incrementAndGet() < 3) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          return store;
        },
        LONG,
        NEVER);

    assertThat(guarded.awaitReady(LONG)).isTrue();
    assertThat(guarded.find(USER)).isEmpty();
    assertThat(log.complaints()).singleElement().asString().startsWith("WARN");
  }

  @Tag("slow")
  @Test
  void close_whileOpeningWaits_interruptsOpening() {
    CountDownLatch interrupted = new CountDownLatch(1);
    open(
        () -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            interrupted.countDown();
            throw new StoreUnavailableException("interrupted", e);
          }
          return store;
        },
        LONG,
        NEVER);
    await().until(() -> storeThreads().stream().anyMatch(this::waits));

    guarded.close();

    await().until(() -> interrupted.getCount() == 0 && storeThreads().isEmpty());
    assertThat(log.lines()).isEmpty();
  }

  @Tag("slow")
  @Test
  void close_whileOpeningIgnoresInterrupt_closesStoreAfterOpening() {
    open(held(), LONG, NEVER);
    await().until(() -> storeThreads().stream().anyMatch(this::waits));
    guarded.close();
    assertThat(store.closes).hasValue(0);

    release.countDown();

    await().until(() -> store.closes.get() == 1);
  }

  @Test
  void close_betweenTwoTries_endsAtOnce() {
    guarded =
        new GuardedVisitorCodeStore(
            () -> {
              throw new StoreUnavailableException("down");
            },
            () -> {},
            LONG,
            NEVER,
            NEVER,
            new Statistics(0).store());
    await().until(() -> !log.lines().isEmpty());

    guarded.close();

    assertThat(storeThreads()).isEmpty();
  }

  @Test
  void close_openStore_closesOnceAndLeavesNoThread() {
    open(LONG, NEVER);
    guarded.find(USER);

    guarded.close();
    guarded.close();

    assertThat(store.closes).hasValue(1);
    assertThat(storeThreads()).isEmpty();
    assertUnavailable("the store is not open");
  }

  @Test
  void awaitReady_callerInterrupted_returnsAtOnce() {
    open(held(), LONG, NEVER);
    Thread.currentThread().interrupt();

    assertThat(guarded.awaitReady(LONG)).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void firstRequestEnded_openStore_isAskedBeforeFirstUser() {
    open(LONG, NEVER);

    guarded.firstRequestEnded(LONG);

    assertThat(store.calls).hasValue(1);
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void firstRequestEnded_wrongTable_isLoggedOnceAndStoreIsGivenUp() {
    open(LONG, NEVER);
    store.onCall = GuardedVisitorCodeStoreTest::refuse;

    guarded.firstRequestEnded(LONG);

    assertUnavailable("the store is not open");
    assertThat(log.lines()).singleElement().asString().startsWith("ERROR").contains("wrong table");
  }

  @Test
  void find_wrongTable_logsOnceAndClosesStore() {
    open(LONG, NEVER);
    store.onCall = GuardedVisitorCodeStoreTest::refuse;

    assertUnavailable("the store is misconfigured");
    assertUnavailable("the store is not open");
    assertThat(log.lines()).singleElement().asString().startsWith("ERROR").contains("wrong table");
  }

  @Test
  void firstRequestEnded_callerInterrupted_keepsInterrupt() {
    open(LONG, NEVER);
    store.held = release;
    Thread.currentThread().interrupt();

    guarded.firstRequestEnded(LONG);

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void find_failuresNotConsecutive_reportNoOutage() {
    open(LONG, NEVER);
    for (int i = 0; i < 4; i++) {
      store.down = true;
      assertUnavailable("the store failed");
      assertUnavailable("the store failed");
      store.down = false;
      assertThat(guarded.find(USER)).isEmpty();
    }

    assertThat(log.lines()).isEmpty();
  }

  private static void refuse() {
    throw new StoreMisconfiguredException("wrong table");
  }

  @Test
  void probe_wrongTable_logsOnceAndEndsProbe() {
    open(LONG, SOON);
    goDown();
    store.onCall = GuardedVisitorCodeStoreTest::refuse;

    await().until(() -> log.complaints().size() == 2);
    assertThat(log.complaints().get(1)).startsWith("ERROR").contains("wrong table");
    assertUnavailable("the store is not open");
    await().until(() -> storeThreads().stream().allMatch(this::waitsForWork));
  }

  /** Returns whether a thread of the guard is idle; a probe sleeps between its calls instead. */
  private boolean waitsForWork(Thread thread) {
    return thread.getState() == Thread.State.WAITING;
  }

  @Test
  void find_oneFailureAfterOutage_reportsNoOutage() {
    open(LONG, SOON);
    goDown();
    store.down = false;
    await().until(() -> log.lines().size() == 2);
    store.down = true;

    await()
        .ignoreExceptionsMatching(AssertionError.class::isInstance)
        .untilAsserted(() -> assertUnavailable("the store failed"));
    assertUnavailable("the store failed");
  }

  private void open(Duration timeout, Duration probeEvery) {
    open(() -> store, timeout, probeEvery);
    assertThat(guarded.awaitReady(LONG)).isTrue();
  }

  private void open(Supplier<VisitorCodeStore> opener, Duration timeout, Duration probeEvery) {
    guarded =
        new GuardedVisitorCodeStore(
            opener, () -> {}, timeout, probeEvery, SOON, statistics.store());
  }

  /** Opens the store only when released, in spite of interrupts. */
  private Supplier<VisitorCodeStore> held() {
    return () -> {
      boolean open = false;
      while (!open) {
        try {
          release.await();
          open = true;
        } catch (InterruptedException e) {
          // A driver ignores interrupts while it connects.
        }
      }
      return store;
    };
  }

  private void goDown() {
    int complaints = log.complaints().size();
    store.down = true;
    await()
        .until(
            () -> {
              assertThatThrownBy(() -> guarded.find(USER))
                  .isInstanceOf(StoreUnavailableException.class);
              return log.complaints().size() > complaints;
            });
  }

  /** Runs a test while the log throws, as an appender does whose disk is full. */
  private static void whileLogThrows(Runnable test) {
    AtomicInteger thrown = new AtomicInteger();
    LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
    TurboFilter full =
        new TurboFilter() {
          @Override
          public FilterReply decide(
              Marker marker,
              Logger logger,
              Level level,
              String format,
              Object[] args,
              Throwable t) {
            if (logger.getName().equals(GuardedVisitorCodeStore.class.getName())) {
              thrown.incrementAndGet();
              throw new IllegalStateException("no space left on device");
            }
            return FilterReply.NEUTRAL;
          }
        };
    loggers.addTurboFilter(full);
    try {
      test.run();
    } finally {
      loggers.getTurboFilterList().remove(full);
    }
    assertThat(thrown).as("the log threw").hasPositiveValue();
  }

  private void assertUnavailable(String message) {
    assertThatThrownBy(() -> guarded.find(USER))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage(message);
  }

  private void assertNothingSecret() {
    assertThat(String.join("\n", log.lines()))
        .doesNotContain("hush", "jdbc:", USER.value(), CODE.value());
  }

  private void inBackground(Runnable call) {
    Thread caller =
        new Thread(
            () -> {
              try {
                call.run();
              } catch (StoreUnavailableException e) {
                // The test reads the result from the store.
              }
            });
    callers.add(caller);
    caller.start();
  }

  private boolean waits(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TIMED_WAITING;
  }

  private static List<Thread> storeThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(StoreThreads.NAME))
        .toList();
  }
}
