package io.github.kameleoonservlet.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.internal.jdbc.JdbcDatabase;
import io.github.kameleoonservlet.internal.jdbc.JdbcVisitorCodeStore;
import io.github.kameleoonservlet.internal.jdbc.SchemaMode;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tests a database that is down at the deployment. */
class DatabaseDownTest {

  @Test
  void open_databaseDownForManyAttempts_doesNotLogEachAttempt() {
    AtomicInteger attempts = new AtomicInteger();
    JdbcDatabase database = JdbcDatabase.of("jdbc:postgresql://127.0.0.1:1/db", "me", null, null);
    try (RecordedLog log = new RecordedLog(Level.INFO);
        GuardedVisitorCodeStore store =
            new GuardedVisitorCodeStore(
                () -> {
                  attempts.incrementAndGet();
                  return JdbcVisitorCodeStore.open(database, SchemaMode.CREATE);
                },
                database::close,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMillis(1),
                new Statistics(0).store())) {
      await().until(() -> attempts.get() == 2 && !log.complaints().isEmpty());
      List<String> first = List.copyOf(log.lines());
      await().until(() -> attempts.get() == 4);

      assertThat(store.awaitReady(Duration.ZERO)).isFalse();
      assertThat(log.lines()).isEqualTo(first);
      assertThat(log.complaints()).hasSize(1);
      // The pool logs its start once, in two lines.
      assertThat(first).hasSizeLessThanOrEqualTo(3);
    }
  }
}
