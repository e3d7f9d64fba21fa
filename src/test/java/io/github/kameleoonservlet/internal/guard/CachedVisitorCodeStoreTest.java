package io.github.kameleoonservlet.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.identity.VisitorCodeStore.Link;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CachedVisitorCodeStoreTest {

  private static final UserKey USER = new UserKey("a".repeat(64));
  private static final UserKey OTHER = new UserKey("b".repeat(64));
  private static final VisitorCode CODE = new VisitorCode("code");

  private static final Statistics STATISTICS = new Statistics(0);

  private final FakeStore store = new FakeStore();
  private final AtomicLong nanos = new AtomicLong();
  private final CachedVisitorCodeStore cached =
      cached(store, new VisitorCodeCache(10, Duration.ofSeconds(60), nanos::get));

  private static CachedVisitorCodeStore cached(VisitorCodeStore store, VisitorCodeCache cache) {
    return new CachedVisitorCodeStore(
        new ForgettingVisitorCodeStore(store, cache), cache, STATISTICS.store());
  }

  @Test
  void find_knownUserTwice_callsStoreOnce() {
    store.link(USER, CODE);
    store.calls.set(0);

    assertThat(cached.find(USER)).contains(CODE);
    assertThat(cached.find(USER)).contains(CODE);

    assertThat(store.calls).hasValue(1);
  }

  @Test
  void find_unknownUserTwice_callsStoreTwice() {
    assertThat(cached.find(USER)).isEmpty();
    store.link(USER, CODE);

    assertThat(cached.find(USER)).contains(CODE);
  }

  @Test
  void find_afterLink_doesNotCallStore() {
    cached.link(USER, CODE);
    store.calls.set(0);

    assertThat(cached.find(USER)).contains(CODE);

    assertThat(store.calls).hasValue(0);
  }

  @Test
  void find_afterFailedLink_callsStore() {
    store.link(USER, CODE);
    cached.link(USER, new VisitorCode("other"));

    assertThat(cached.find(USER)).contains(CODE);
  }

  @Test
  void find_afterErasureOfOtherUser_doesNotCallStore() {
    store.link(USER, CODE);
    cached.erase(OTHER);
    store.calls.set(0);

    assertThat(cached.find(USER)).contains(CODE);
    assertThat(cached.find(USER)).contains(CODE);

    assertThat(store.calls).hasValue(1);
  }

  @Test
  void find_linkUnderPreviousKey_isRememberedUnderThatKey() {
    store.link(OTHER, CODE);
    assertThat(cached.find(USER, OTHER)).contains(new Link(OTHER, CODE));
    store.calls.set(0);

    assertThat(cached.find(OTHER)).contains(CODE);

    assertThat(store.calls).hasValue(0);
  }

  @Test
  void find_afterTimeToLive_callsStore() {
    cached.link(USER, CODE);
    store.calls.set(0);
    nanos.addAndGet(Duration.ofSeconds(59).toNanos());
    cached.find(USER);
    assertThat(store.calls).hasValue(0);

    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    cached.find(USER);

    assertThat(store.calls).hasValue(1);
  }

  @Test
  void find_storeDownAndUserRemembered_returnsCode() {
    cached.link(USER, CODE);
    store.down = true;

    assertThat(cached.find(USER)).contains(CODE);
    assertThatThrownBy(() -> cached.find(OTHER)).isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void erase_rememberedUser_isForgottenAtOnce() {
    cached.link(USER, CODE);

    assertThat(cached.erase(USER)).isTrue();

    assertThat(cached.find(USER)).isEmpty();
  }

  @Test
  void erase_storeFails_isForgotten() {
    cached.link(USER, CODE);
    store.down = true;
    assertThatThrownBy(() -> cached.erase(USER)).isInstanceOf(StoreUnavailableException.class);

    assertThatThrownBy(() -> cached.find(USER)).isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void rename_rememberedUsers_forgetsBoth() {
    cached.link(USER, CODE);

    cached.rename(USER, OTHER);

    assertThat(cached.find(USER)).isEmpty();
    assertThat(cached.find(OTHER)).contains(CODE);
  }

  @Test
  void erase_duringFind_resultIsNotRemembered() {
    store.link(USER, CODE);
    eraseDuring(() -> cached.find(USER).isPresent());
  }

  @Test
  void erase_duringLink_linkIsNotRemembered() {
    eraseDuring(() -> cached.link(USER, CODE) == FakeStore.LinkResult.LINKED);
  }

  /** Holds the call after the store has responded, erases the user, then lets the call return. */
  private void eraseDuring(Callable<Boolean> call) {
    CountDownLatch latch = new CountDownLatch(1);
    int before = store.calls.get();
    store.held = latch;
    CompletableFuture<Boolean> found = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                found.complete(call.call());
              } catch (Exception e) {
                found.completeExceptionally(e);
              }
            });
    thread.start();
    await().until(() -> store.calls.get() > before && thread.getState() == Thread.State.WAITING);
    store.held = null;
    cached.erase(USER);
    latch.countDown();
    assertThat(found.join()).isTrue();

    assertThat(cached.find(USER)).isEqualTo(Optional.empty());
  }

  @Test
  void link_moreUsersThanSize_forgetsOldUsers() {
    for (int i = 0; i < 1000; i++) {
      cached.link(user(i), new VisitorCode("code" + i));
    }
    store.calls.set(0);

    for (int i = 0; i < 1000; i++) {
      cached.find(user(i));
    }

    assertThat(store.calls.get()).isGreaterThanOrEqualTo(980);
  }

  @Test
  void maintenance_manyUsers_runsOnCallingThread() {
    // The thread that maintains the cache reads the clock.
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    try (CachedVisitorCodeStore watched =
        cached(
            store,
            new VisitorCodeCache(
                10,
                Duration.ofSeconds(60),
                () -> {
                  threads.add(Thread.currentThread());
                  return nanos.get();
                }))) {
      for (int i = 0; i < 10_000; i++) {
        watched.link(user(i), new VisitorCode("code" + i));
        nanos.addAndGet(1_000_000);
      }
    }

    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void close_anyState_closesStore() {
    cached.close();

    assertThat(store.closes).hasValue(1);
  }

  private static UserKey user(int number) {
    return new UserKey("%064x".formatted(number));
  }
}
