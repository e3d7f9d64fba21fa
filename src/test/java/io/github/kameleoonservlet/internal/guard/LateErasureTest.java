package io.github.kameleoonservlet.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.kameleoonservlet.identity.InMemoryVisitorCodeStore;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.testing.FaultyStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LateErasureTest {

  private static final UserKey USER = new UserKey("a".repeat(64));
  private static final VisitorCode CODE = new VisitorCode("mine");

  private final CountDownLatch mayErase = new CountDownLatch(1);
  private final InMemoryVisitorCodeStore links = new InMemoryVisitorCodeStore();

  @Test
  void erase_endsAfterTimeOut_isVisibleAtOnce() {
    VisitorCodeCache cache = new VisitorCodeCache(10, Duration.ofMinutes(1));
    GuardedVisitorCodeStore guarded =
        new GuardedVisitorCodeStore(
            () -> new ForgettingVisitorCodeStore(slow(), cache),
            () -> {},
            Duration.ofSeconds(2),
            new Statistics(0).store());
    assertThat(guarded.awaitReady(Duration.ofSeconds(30))).isTrue();
    try (VisitorCodeStore store =
        new CachedVisitorCodeStore(guarded, cache, new Statistics(0).store())) {
      store.link(USER, CODE);
      assertThatThrownBy(() -> store.erase(USER)).isInstanceOf(StoreUnavailableException.class);
      assertThat(store.find(USER)).contains(CODE);

      mayErase.countDown();

      await().atMost(Duration.ofMinutes(2)).until(() -> store.find(USER).isEmpty());
    }
  }

  @Test
  void storeOfApplication_returnsNull_isStoreFailure() {
    VisitorCodeStore careless = FaultyStore.always((method, call) -> null);
    try (GuardedVisitorCodeStore guarded =
        new GuardedVisitorCodeStore(
            () -> careless, () -> {}, Duration.ofSeconds(30), new Statistics(0).store())) {
      assertThat(guarded.awaitReady(Duration.ofSeconds(30))).isTrue();

      assertThatThrownBy(() -> guarded.find(USER)).isInstanceOf(StoreUnavailableException.class);
      assertThatThrownBy(() -> guarded.link(USER, CODE))
          .isInstanceOf(StoreUnavailableException.class);
    }
  }

  private VisitorCodeStore slow() {
    return FaultyStore.before(
        links,
        (method, call) -> {
          if (method.equals("erase")) {
            mayErase.await();
          }
          return call.proceed();
        });
  }
}
