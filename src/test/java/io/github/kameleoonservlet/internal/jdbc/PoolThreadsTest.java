package io.github.kameleoonservlet.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PoolThreadsTest {

  private final PoolThreads threads = new PoolThreads();

  @Test
  void close_interruptedCaller_closesPoolOnOtherThread() {
    AtomicReference<Thread> closing = new AtomicReference<>();
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread.currentThread().interrupt();

    threads.close(
        () -> {
          closing.set(Thread.currentThread());
          interrupted.set(Thread.currentThread().isInterrupted());
        });

    assertThat(Thread.interrupted()).as("the caller stays interrupted").isTrue();
    assertThat(closing.get()).isNotNull().isNotSameAs(Thread.currentThread());
    assertThat(interrupted).isFalse();
  }

  /** The pool's thread ends only after the caller has begun to wait. */
  @Test
  void close_threadOfPoolStillRuns_waitsForIt() {
    Thread caller = Thread.currentThread();
    CountDownLatch closed = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    threads
        .newThread(
            () -> {
              awaitUninterrupted(closed);
              await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
              ended.set(true);
            })
        .start();

    threads.close(closed::countDown);

    assertThat(ended).isTrue();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
