package io.github.kameleoonservlet.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.RecordedLog;
import io.github.kameleoonservlet.Sneaky;
import io.github.kameleoonservlet.identity.InMemoryVisitorCodeStore;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
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
  void everyCall_storeThrowsAnything_throwsStoreUnavailable(Throwable fault) {
    VisitorCodeStore store =
        StoreGuard.open(
            () -> new ThrowingStore(fault),
            () -> {},
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            10,
            Duration.ofSeconds(60));
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
  void close_storeThrowsAnything_logsAndReleasesTheRest(Throwable fault) {
    AtomicBoolean released = new AtomicBoolean();
    VisitorCodeStore store =
        StoreGuard.open(
            () -> new ThrowingStore(fault),
            () -> released.set(true),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            10,
            Duration.ofSeconds(60));

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
        StoreGuard.open(
            () ->
                attempts.getAndIncrement() == 0
                    ? Sneaky.rethrow(new SQLException("down"))
                    : new InMemoryVisitorCodeStore(),
            () -> {},
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            10,
            Duration.ofSeconds(60));
    try {
      assertThat(store.find(USER)).isEmpty();
      assertThat(attempts).hasValue(2);
    } finally {
      store.close();
    }
  }

  private record ThrowingStore(Throwable fault) implements VisitorCodeStore {

    @Override
    public Optional<VisitorCode> find(UserKey user) {
      return Sneaky.rethrow(fault);
    }

    @Override
    public LinkResult link(UserKey user, VisitorCode code) {
      return Sneaky.rethrow(fault);
    }

    @Override
    public boolean erase(UserKey user) {
      return Sneaky.rethrow(fault);
    }

    @Override
    public RenameResult rename(UserKey from, UserKey to) {
      return Sneaky.rethrow(fault);
    }

    @Override
    public void close() {
      Sneaky.rethrow(fault);
    }
  }
}
