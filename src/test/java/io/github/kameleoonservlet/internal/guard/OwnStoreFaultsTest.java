package io.github.kameleoonservlet.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.identity.InMemoryVisitorCodeStore;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.testing.FaultyStore;
import io.github.kameleoonservlet.testing.RecordedLog;
import io.github.kameleoonservlet.testing.Sneaky;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the guard catches every throwable of an application's store. */
class OwnStoreFaultsTest {

  private static final UserKey USER = new UserKey("0".repeat(63) + "1");

  static Stream<Throwable> faults() {
    return Stream.of(
        new IllegalStateException("down"),
        new SQLException("down"),
        new InterruptedException("down"),
        new AssertionError("down"),
        new NoClassDefFoundError("down"),
        new Throwable("down"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void everyCall_storeThrowsAnyThrowable_throwsStoreUnavailable(Throwable fault) {
    VisitorCodeStore store =
        StoreLayers.open(
            () -> FaultyStore.always((method, call) -> Sneaky.rethrow(fault)),
            () -> {},
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            10,
            Duration.ofSeconds(60),
            new Statistics(0).store());
    try {
      assertThatThrownBy(() -> store.find(USER))
          .isInstanceOf(StoreUnavailableException.class)
          .hasCause(fault);
      assertThatThrownBy(() -> store.link(USER, new VisitorCode("mine")))
          .isInstanceOf(StoreUnavailableException.class)
          .hasCause(fault);
      assertThatThrownBy(() -> store.erase(USER)).isInstanceOf(StoreUnavailableException.class);
      assertThatThrownBy(() -> store.rename(USER, USER))
          .isInstanceOf(StoreUnavailableException.class);
    } finally {
      store.close();
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void close_storeThrowsAnyThrowable_logsAndReleasesOtherParts(Throwable fault) {
    AtomicBoolean released = new AtomicBoolean();
    VisitorCodeStore store =
        StoreLayers.open(
            () -> FaultyStore.always((method, call) -> Sneaky.rethrow(fault)),
            () -> released.set(true),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            10,
            Duration.ofSeconds(60),
            new Statistics(0).store());

    try (RecordedLog log = new RecordedLog(Level.WARN)) {
      store.close();

      assertThat(log.lines()).singleElement().asString().contains("failed while it was closed");
    }
    assertThat(released).isTrue();
  }

  @Test
  void opener_checkedException_isCalledAgain() {
    AtomicInteger attempts = new AtomicInteger();
    VisitorCodeStore store =
        StoreLayers.open(
            () ->
                attempts.getAndIncrement() == 0
                    ? Sneaky.rethrow(new SQLException("down"))
                    : new InMemoryVisitorCodeStore(),
            () -> {},
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            10,
            Duration.ofSeconds(60),
            new Statistics(0).store());
    try {
      assertThat(store.find(USER)).isEmpty();
      assertThat(attempts).hasValue(2);
    } finally {
      store.close();
    }
  }
}
