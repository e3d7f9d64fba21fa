package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.kameleoon.KameleoonClient;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.testing.RecordedLog;
import io.github.kameleoonservlet.testing.Sneaky;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the adapter catches every throwable of the SDK. */
class SdkFaultsTest {

  private static final VisitorCode VISITOR = new VisitorCode("somebody");

  private KameleoonDecisionProvider provider;

  static Stream<Throwable> faults() {
    return Stream.of(
        new IllegalStateException("visitor code 'somebody'"),
        new SQLException("visitor code 'somebody'"),
        new AssertionError("visitor code 'somebody'"),
        new NoSuchMethodError("'void shop.Old.call()'"),
        new Throwable("visitor code 'somebody'"));
  }

  @AfterEach
  void close() {
    provider.close();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void sdk_throwsAnyThrowable_variationsAreOffAndNoCallThrows(Throwable fault) {
    try (RecordedLog log = new RecordedLog("io.github.kameleoonservlet", Level.INFO)) {
      open(fault, () -> Sneaky.rethrow(fault));
      for (int i = 0; i < 2; i++) {
        Variation variation = provider.decide(VISITOR, "banner", true, RequestFacts.none());
        assertThat(variation.getKey()).isEqualTo(Variation.OFF);
        assertThat(variation.getReason()).isEqualTo(Reason.ERROR);
        assertThat(provider.featureKeys()).isEmpty();
        assertThat(provider.engineTrackingCode(VISITOR)).isEmpty();
        provider.consentRefused(VISITOR);
        provider.trackConversion(VISITOR, 17, 49.90, RequestFacts.none());
        provider.addCustomData(VISITOR, 1, List.of("gold"), RequestFacts.none());
      }
      provider.close();

      assertThat(log.messages(Level.INFO))
          .anyMatch(line -> line.contains(fault.getClass().getName()))
          .noneMatch(line -> line.contains("somebody"));
    }
  }

  @Test
  void virtualMachineError_thrown_reachesContainer() {
    OutOfMemoryError fault = new OutOfMemoryError();
    open(fault, () -> {});

    assertThatThrownBy(() -> provider.decide(VISITOR, "banner", true, RequestFacts.none()))
        .isSameAs(fault);
    assertThatThrownBy(() -> provider.trackConversion(VISITOR, 17, 0, RequestFacts.none()))
        .isSameAs(fault);
  }

  @Test
  void client_checkedException_logsOneLineAndIsOpenedLater() {
    AtomicInteger attempts = new AtomicInteger();
    try (RecordedLog log = new RecordedLog("io.github.kameleoonservlet", Level.WARN)) {
      ClientConnection connection =
          ClientConnection.inBackground(
              () -> {
                attempts.incrementAndGet();
                return Sneaky.rethrow(new SQLException("down"));
              },
              client -> {},
              new SdkFailures(),
              Duration.ofMillis(10));
      provider = SdkStart.neverReady(offline(), new Statistics(0).platform());

      await().until(() -> attempts.get() > 3);
      connection.close(Duration.ofSeconds(2));
      assertThat(log.messages(Level.WARN)).singleElement().asString().contains("SQLException");
    }
  }

  private void open(Throwable fault, Runnable release) {
    KameleoonClient throwing =
        (KameleoonClient)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {KameleoonClient.class},
                (proxy, method, arguments) -> {
                  throw fault;
                });
    provider =
        SdkStart.with(
            new SdkClient(throwing, null, release),
            SdkConfig.of(offline()),
            null,
            TargetingTasks.none(),
            LogBridge.install());
  }

  private static PlatformSettings offline() {
    return PlatformSettings.offline(DataFiles.SOUND.toString());
  }
}
