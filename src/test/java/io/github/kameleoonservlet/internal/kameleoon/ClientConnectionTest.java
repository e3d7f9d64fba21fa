package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.io.IOException;
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

  private static final Duration SOON = Duration.ofMillis(10);

  private final LogBridge log = LogBridge.install();
  private final AtomicInteger created = new AtomicInteger();

  @AfterEach
  void closeLog() {
    log.close();
  }

  private SdkClient createClient() {
    created.incrementAndGet();
    PlatformSettings settings = PlatformSettings.offline(DataFiles.SOUND.toString());
    return SdkClients.offline(
        SdkConfig.of(settings), OfflineNetwork.open(settings.dataFile()), log);
  }

  @Test
  void current_factoryBlocked_isNullUntilClientExists() {
    CountDownLatch network = new CountDownLatch(1);
    ClientConnection connection =
        ClientConnection.inBackground(
            () -> after(network, this::createClient), client -> {}, new SdkFailures());
    assertThat(connection.current()).isNull();
    network.countDown();
    Awaitility.await().until(() -> connection.current() != null);
    connection.close(Duration.ofSeconds(2));
  }

  @Test
  void factory_fails_logsEachCauseOnceWithoutCodesAndStackTrace() {
    AtomicInteger attempts = new AtomicInteger();
    try (RecordedLog own = new RecordedLog(Level.WARN)) {
      ClientConnection connection =
          ClientConnection.inBackground(
              () -> {
                attempts.incrementAndGet();
                throw new IllegalStateException(
                    "not made",
                    new IOException("GET /visit/visitor?visitorCode=abc-1&a=1 with Bearer eyJ.x"));
              },
              client -> {},
              new SdkFailures(),
              SOON);
      Awaitility.await().until(() -> attempts.get() > 3);
      connection.close(Duration.ofSeconds(2));

      assertThat(own.lines())
          .singleElement()
          .asString()
          .contains(
              "Cannot create the Kameleoon client", "not made", "caused by", "visitorCode=***")
          .doesNotContain("abc-1", "eyJ", "\n");
    }
  }

  @Test
  void factory_outOfMemory_isCalledAgain() {
    AtomicInteger attempts = new AtomicInteger();
    try (RecordedLog own = new RecordedLog(Level.WARN)) {
      ClientConnection connection =
          ClientConnection.inBackground(
              () -> {
                if (attempts.incrementAndGet() == 1) {
                  throw new OutOfMemoryError("unable to create native thread");
                }
                return createClient();
              },
              client -> {},
              new SdkFailures(),
              SOON);
      Awaitility.await().until(() -> connection.current() != null);
      connection.close(Duration.ofSeconds(2));

      assertThat(own.lines())
          .singleElement()
          .asString()
          .contains("retrying every 10 seconds", "unable to create native thread");
    }
  }

  @Test
  void close_factoryBlocked_leavesNoThread() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    CountDownLatch never = new CountDownLatch(1);
    ClientConnection connection =
        ClientConnection.inBackground(
            () -> after(never, this::createClient), client -> {}, new SdkFailures());
    assertThat(connection.close(Duration.ofSeconds(2))).isZero();
    assertThat(connection.current()).isNull();
    Threads.assertNoneBut(before);
  }

  @Test
  void close_factoryIgnoresInterrupt_releasesLateClient() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    CountDownLatch network = new CountDownLatch(1);
    ClientConnection connection =
        ClientConnection.inBackground(
            () -> {
              while (network.getCount() > 0) {
                Thread.onSpinWait();
              }
              return createClient();
            },
            client -> {},
            new SdkFailures());
    connection.close(Duration.ofMillis(10));
    network.countDown();
    Awaitility.await().until(() -> created.get() == 1);
    Threads.assertNoneBut(before);
    assertThat(connection.current()).isNull();
  }

  @Test
  void current_clientStoppedByApplication_createsNewClient() {
    ClientConnection connection =
        ClientConnection.inBackground(this::createClient, client -> {}, new SdkFailures());
    Awaitility.await().until(() -> connection.current() != null);
    SdkClient first = connection.current();
    first.close(Duration.ofSeconds(2));
    assertThat(connection.current()).isNotNull();
    Awaitility.await().until(() -> connection.current() != first);
    assertThat(created.get()).isEqualTo(2);
    connection.close(Duration.ofSeconds(2));
  }

  @Test
  void close_eventDuringRelease_isCounted() {
    EventQueue events = new EventQueue(new SdkFailures());
    AtomicInteger taken = new AtomicInteger();
    SdkClient sound = createClient();
    SdkClient client =
        new SdkClient(
            sound.sdk(),
            SdkClient.internalsOf(sound.sdk(), 100),
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
