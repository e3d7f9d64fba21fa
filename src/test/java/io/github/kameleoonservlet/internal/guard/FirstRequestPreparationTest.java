package io.github.kameleoonservlet.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests how the first request prepares the store. The time limit fails a test that waits without an
 * end.
 */
@Timeout(600)
class FirstRequestPreparationTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final FakeStore store = new FakeStore();
  private final CountDownLatch release = new CountDownLatch(1);
  private final RecordedLog log = new RecordedLog(Level.INFO);
  private final TimeLimitedStore guarded =
      StoreLayers.open(
          () -> store, () -> {}, LONG, LONG, 10, Duration.ofSeconds(60), new Statistics(0).store());

  @AfterEach
  void close() {
    release.countDown();
    guarded.close();
    log.close();
  }

  @Test
  void firstRequestEnded_withPatience_returnsWhenStoreHasAnswered() throws Exception {
    store.held = release;
    Thread request = new Thread(() -> guarded.firstRequestEnded(LONG));
    request.start();

    await().until(() -> store.waiting.get() == 1);
    await().until(() -> request.getState() == Thread.State.TIMED_WAITING);
    release.countDown();
    request.join();

    assertThat(store.calls).hasValue(1);
    assertThat(store.waiting).hasValue(0);
  }

  @Test
  void firstRequestEnded_patienceEnds_returns() {
    store.held = release;

    guarded.firstRequestEnded(Duration.ofMillis(1));

    assertThat(log.lines()).isEmpty();
  }

  @Test
  void firstRequestEnded_withoutPatience_returnsBeforeStoreAnswers() {
    store.held = release;

    guarded.firstRequestEnded(Duration.ZERO);

    await().until(() -> store.waiting.get() == 1);
  }

  @Test
  void firstRequestEnded_storeDown_returnsWithoutLogLine() {
    store.down = true;

    guarded.firstRequestEnded(LONG);

    assertThat(store.calls).hasValue(1);
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void firstRequestEnded_storeThrowsError_returns() {
    store.onCall =
        () -> {
          throw new NoClassDefFoundError("shop/Links");
        };

    guarded.firstRequestEnded(LONG);

    assertThat(store.calls).hasValue(1);
  }

  @Test
  void firstRequestEnded_requestInterrupted_returnsAndStaysInterrupted() {
    store.held = release;
    Thread.currentThread().interrupt();

    guarded.firstRequestEnded(LONG);

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void firstRequestEnded_afterClose_returns() {
    guarded.close();

    guarded.firstRequestEnded(LONG);

    assertThat(store.calls).hasValue(0);
  }
}
