package io.github.kameleoonservlet.internal.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RetryLoopTest {

  private final List<Long> attempts = new ArrayList<>();

  private boolean attempt(int successful) {
    attempts.add(System.nanoTime());
    return attempts.size() == successful;
  }

  private List<Long> pausesMillis() {
    List<Long> pauses = new ArrayList<>();
    for (int i = 1; i < attempts.size(); i++) {
      pauses.add((attempts.get(i) - attempts.get(i - 1)) / 1_000_000);
    }
    return pauses;
  }

  @Test
  void run_attemptsFail_doublesPausesUpToMaximum() throws InterruptedException {
    RetryLoop loop = new RetryLoop(Duration.ofMillis(20), 4);

    assertThat(loop.run(() -> attempt(6))).isTrue();

    List<Long> pauses = pausesMillis();
    assertThat(pauses).hasSize(5);
    List<Long> least = List.of(20L, 40L, 80L, 80L, 80L);
    for (int i = 0; i < least.size(); i++) {
      assertThat(pauses.get(i)).isGreaterThanOrEqualTo(least.get(i));
    }
    // Without a maximum this pause would be four times as long.
    assertThat(pauses.get(4)).isLessThan(320);
  }

  @Test
  void run_firstAttemptSucceeds_doesNotPause() throws InterruptedException {
    assertThat(new RetryLoop(Duration.ofDays(1), 1).run(() -> attempt(1))).isTrue();
  }

  @Test
  void runAfterPause_firstAttempt_followsFirstPause() throws InterruptedException {
    long begin = System.nanoTime();

    assertThat(new RetryLoop(Duration.ofMillis(20), 1).runAfterPause(() -> attempt(1))).isTrue();

    assertThat(attempts.get(0) - begin).isGreaterThanOrEqualTo(20_000_000);
  }

  @Test
  void stop_duringPause_endsLoop() throws InterruptedException {
    RetryLoop loop = new RetryLoop(Duration.ofDays(1), 1);
    Thread stopper = new Thread(loop::stop);

    boolean successful =
        loop.run(
            () -> {
              stopper.start();
              return attempt(2);
            });

    assertThat(successful).isFalse();
    assertThat(attempts).hasSize(1);
    assertThat(loop.isStopped()).isTrue();
    stopper.join();
  }

  @Test
  void run_threadInterrupted_throws() {
    RetryLoop loop = new RetryLoop(Duration.ofDays(1), 1);

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> loop.run(() -> attempt(2))).isInstanceOf(InterruptedException.class);
    assertThat(loop.isStopped()).isFalse();
  }
}
