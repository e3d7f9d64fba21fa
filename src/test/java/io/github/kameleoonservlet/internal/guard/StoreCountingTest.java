package io.github.kameleoonservlet.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.kameleoonservlet.identity.StoreMisconfiguredException;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.internal.statistics.StoreCounts;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.Operation;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.Outage;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.Part;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.Result;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.State;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests what the guard and the cache count. */
class StoreCountingTest {

  private static final UserKey USER = new UserKey("a".repeat(64));
  private static final UserKey OTHER = new UserKey("b".repeat(64));
  private static final VisitorCode CODE = new VisitorCode("code");
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration SOON = Duration.ofMillis(1);

  private final StoreCounts counts = new Statistics(0).store();
  private final FakeStore store = new FakeStore();
  private final CountDownLatch release = new CountDownLatch(1);
  private GuardedVisitorCodeStore guarded;

  @AfterEach
  void close() {
    release.countDown();
    guarded.close();
  }

  private void open(Supplier<VisitorCodeStore> opener, Duration timeout, Duration probeEvery) {
    guarded = new GuardedVisitorCodeStore(opener, () -> {}, timeout, probeEvery, SOON, counts);
  }

  private void open(Duration timeout, Duration probeEvery) {
    open(() -> store, timeout, probeEvery);
    assertThat(guarded.awaitReady(LONG)).isTrue();
  }

  @Test
  void calls_thatTheStoreAnswers_countByOperation() {
    open(LONG, NEVER);
    long begin = System.nanoTime();

    guarded.find(USER);
    guarded.find(USER, OTHER);
    guarded.link(USER, CODE);
    guarded.rename(USER, OTHER);
    guarded.erase(OTHER);

    long most = System.nanoTime() - begin;
    assertThat(counts.count(Operation.FIND, Result.ANSWERED)).isEqualTo(2);
    for (Operation write : new Operation[] {Operation.LINK, Operation.RENAME, Operation.ERASE}) {
      assertThat(counts.count(write, Result.ANSWERED)).isEqualTo(1);
    }
    assertThat(counts.snapshot().calls()).hasSize(4);
    assertThat(counts.totalNanos(Operation.FIND, Result.ANSWERED)).isPositive().isLessThan(most);
    assertThat(counts.state()).isEqualTo(State.REACHABLE);
    assertThat(counts.snapshot().outages()).isEmpty();
  }

  @Test
  void call_beforeTheStoreIsOpen_countsAsRefused() {
    CountDownLatch opens = release;
    open(
        () -> {
          try {
            opens.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return store;
        },
        LONG,
        NEVER);

    fails(() -> guarded.find(USER));

    assertThat(counts.count(Operation.FIND, Result.REFUSED)).isEqualTo(1);
    assertThat(counts.state()).isEqualTo(State.OPENING);
  }

  @Test
  void call_withoutAnAnswerInTime_countsAsTimedOut() {
    open(SHORT, NEVER);
    store.held = release;

    fails(() -> guarded.find(USER));

    assertThat(counts.count(Operation.FIND, Result.TIMED_OUT)).isEqualTo(1);
    assertThat(counts.totalNanos(Operation.FIND, Result.TIMED_OUT))
        .isGreaterThanOrEqualTo(SHORT.toNanos());
  }

  @Test
  void outage_ofTheStore_hasBeginCauseAndEnd() {
    open(LONG, SOON);
    store.down = true;
    for (int i = 0; i < 3; i++) {
      fails(() -> guarded.find(USER));
    }
    assertThat(counts.count(Operation.FIND, Result.FAILED)).isEqualTo(3);
    assertThat(counts.state()).isEqualTo(State.DOWN);
    Outage running = counts.snapshot().outages().get(0);
    assertThat(running.part()).isEqualTo(Part.STORE);
    assertThat(running.cause()).contains("SQLException").doesNotContain(FakeStore.SECRET);
    assertThat(running.end()).isNull();

    fails(() -> guarded.find(USER));
    assertThat(counts.count(Operation.FIND, Result.REFUSED)).isEqualTo(1);
    store.down = false;

    await().until(() -> counts.state() == State.REACHABLE);
    assertThat(counts.snapshot().outages())
        .singleElement()
        .satisfies(outage -> assertThat(outage.end()).isAfterOrEqualTo(running.begin()));
  }

  @Test
  void outage_ofLinks_leavesTheStoreReachable() {
    open(LONG, NEVER);
    store.readOnly = true;
    for (int i = 0; i < 3; i++) {
      guarded.find(USER);
      fails(() -> guarded.link(USER, CODE));
    }

    assertThat(counts.count(Operation.LINK, Result.FAILED)).isEqualTo(3);
    assertThat(counts.snapshot().outages()).singleElement().matches(o -> o.part() == Part.LINKS);
    assertThat(counts.state()).isEqualTo(State.REACHABLE);
    store.readOnly = false;
    guarded.link(USER, CODE);

    assertThat(counts.snapshot().outages()).singleElement().matches(o -> o.end() != null);
  }

  @Test
  void store_thatIsDownAtTheStart_isDownUntilItOpens() {
    store.down = true;
    open(
        () -> {
          if (store.down) {
            throw new StoreUnavailableException("down");
          }
          return store;
        },
        LONG,
        NEVER);

    await().until(() -> counts.state() == State.DOWN);
    store.down = false;

    assertThat(guarded.awaitReady(LONG)).isTrue();
    assertThat(counts.state()).isEqualTo(State.REACHABLE);
    assertThat(counts.snapshot().outages()).singleElement().matches(o -> o.end() != null);
  }

  @Test
  void store_thatIsMisconfigured_isUnusable() {
    open(
        () -> {
          throw new StoreMisconfiguredException("wrong");
        },
        LONG,
        NEVER);

    await().until(() -> counts.state() == State.UNUSABLE);
  }

  @Test
  void store_withAMissingClass_isUnusable() {
    open(
        () -> {
          throw new NoClassDefFoundError("driver");
        },
        LONG,
        NEVER);

    await().until(() -> counts.state() == State.UNUSABLE);
  }

  @Test
  void openStore_thatProvesMisconfigured_isUnusable() {
    open(LONG, NEVER);
    store.onCall =
        () -> {
          throw new StoreMisconfiguredException("wrong");
        };

    fails(() -> guarded.find(USER));

    assertThat(counts.state()).isEqualTo(State.UNUSABLE);
  }

  @Test
  void cache_countsEachSearchAsHitOrMiss() {
    open(LONG, NEVER);
    VisitorCodeCache cache = new VisitorCodeCache(10, LONG);
    CachedVisitorCodeStore cached = new CachedVisitorCodeStore(guarded, cache, counts);
    cached.find(USER);
    cached.link(USER, CODE);
    cached.find(USER);
    cached.find(USER, OTHER);
    cached.find(OTHER, USER);

    assertThat(counts.snapshot().cacheMisses()).isEqualTo(2);
    assertThat(counts.snapshot().cacheHits()).isEqualTo(2);
  }

  private static void fails(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThat(catchThrowable(call)).isInstanceOf(StoreUnavailableException.class);
  }
}
