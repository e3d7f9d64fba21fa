package io.github.kameleoonservlet.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class ClientConnectionTest {

  private final LogBridge log = LogBridge.install();
  private final AtomicInteger made = new AtomicInteger();

  @AfterEach
  void closeLog() {
    log.close();
  }

  private SdkClient make() {
    made.incrementAndGet();
    PlatformSettings settings = PlatformSettings.offline(DataFiles.SOUND.toString());
    return SdkClients.offline(
        SdkConfig.of(settings), OfflineNetwork.open(settings.dataFile()), log);
  }

  @Test
  void current_sourceBlocked_isNullAtOnceAndThereAfterwards() {
    CountDownLatch network = new CountDownLatch(1);
    ClientConnection connection =
        ClientConnection.inBackground(() -> after(network, this::make), client -> {});
    assertThat(connection.current()).isNull();
    network.countDown();
    Awaitility.await().until(() -> connection.current() != null);
    connection.close(Duration.ofSeconds(2));
  }

  @Test
  void make_memoryIsShort_triesOn() {
    try (LogCapture own = new LogCapture("io.github.kameleoonservlet", Level.WARN)) {
      ClientConnection connection =
          ClientConnection.inBackground(
              () -> {
                throw new OutOfMemoryError("unable to create native thread");
              },
              client -> {});
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(own.lines(Level.WARN))
                      .containsExactly("The Kameleoon client cannot be made, trying on"));
      connection.close(Duration.ofSeconds(2));
    }
  }

  @Test
  void close_sourceBlocked_leavesNoThread() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    CountDownLatch never = new CountDownLatch(1);
    ClientConnection connection =
        ClientConnection.inBackground(() -> after(never, this::make), client -> {});
    assertThat(connection.close(Duration.ofSeconds(2))).isZero();
    assertThat(connection.current()).isNull();
    Threads.assertNoneBut(before);
  }

  @Test
  void close_sourceIgnoresTheInterrupt_letsTheLateClientGo() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    CountDownLatch network = new CountDownLatch(1);
    ClientConnection connection =
        ClientConnection.inBackground(
            () -> {
              while (network.getCount() > 0) {
                Thread.onSpinWait();
              }
              return make();
            },
            client -> {});
    connection.close(Duration.ofMillis(10));
    network.countDown();
    Awaitility.await().until(() -> made.get() == 1);
    Threads.assertNoneBut(before);
    assertThat(connection.current()).isNull();
  }

  @Test
  void current_somebodyElseStoppedTheClient_isMadeAnew() {
    ClientConnection connection = ClientConnection.inBackground(this::make, client -> {});
    Awaitility.await().until(() -> connection.current() != null);
    SdkClient first = connection.current();
    first.close(Duration.ofSeconds(2));
    assertThat(connection.current()).isNotNull();
    Awaitility.await().until(() -> connection.current() != first);
    assertThat(made.get()).isEqualTo(2);
    connection.close(Duration.ofSeconds(2));
  }

  @Test
  void close_eventWhileTheClientIsLetGo_isCounted() {
    EventQueue events = new EventQueue();
    AtomicInteger taken = new AtomicInteger();
    SdkClient sound = make();
    SdkClient client =
        new SdkClient(
            sound.sdk(),
            SdkClient.lookInto(sound.sdk()),
            () -> events.send(sdk -> taken.incrementAndGet()));
    ClientConnection connection =
        ClientConnection.to(
            client, changed -> events.handOver(changed == null ? null : changed.sdk()));

    connection.close(Duration.ofSeconds(2));

    assertThat(events.drop()).isEqualTo(1);
    assertThat(taken).hasValue(0);
    sound.close(Duration.ofSeconds(2));
  }

  private static SdkClient after(CountDownLatch latch, Supplier<SdkClient> make) {
    try {
      latch.await();
      return make.get();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
