package io.github.kameleoonservlet.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.internal.jdbc.FakeDriver;
import io.github.kameleoonservlet.internal.jdbc.JdbcDatabase;
import io.github.kameleoonservlet.internal.jdbc.JdbcVisitorCodeStore;
import io.github.kameleoonservlet.internal.jdbc.SchemaMode;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Tests a store with a wrong password, because databases lock an account after some refused logins.
 */
class StoreWithRefusedLoginTest {

  @Test
  void open_loginRefused_isNotRepeatedAndLogNamesIt() {
    AtomicInteger attempts = new AtomicInteger();
    RefusingDriver.logins.set(0);
    JdbcDatabase database =
        JdbcDatabase.of("jdbc:oracle:thin:@x", "app", "hush", RefusingDriver.class.getName());
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
      await().until(() -> attempts.get() == 3);

      assertThat(store.awaitReady(Duration.ZERO)).isFalse();
      assertThat(RefusingDriver.logins).hasValue(1);
      assertThat(log.complaints())
          .filteredOn(line -> line.contains("refuses the login"))
          .singleElement()
          .asString()
          .contains("SQLState 72000 and code 1017")
          .doesNotContain("hush", "ORA-01017");
    }
  }

  /** Refuses every login, as Oracle does. */
  public static final class RefusingDriver extends FakeDriver {

    static final AtomicInteger logins = new AtomicInteger();

    /** Called by the library, which reads the class name from a setting. */
    public RefusingDriver() {}

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
      logins.incrementAndGet();
      throw new SQLInvalidAuthorizationSpecException("ORA-01017: hush", "72000", 1017);
    }
  }
}
