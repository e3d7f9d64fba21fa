package io.github.kameleoonservlet.internal.guard;

import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.identity.VisitorCodeStoreContract;
import io.github.kameleoonservlet.internal.jdbc.JdbcDatabase;
import io.github.kameleoonservlet.internal.jdbc.JdbcVisitorCodeStore;
import io.github.kameleoonservlet.internal.jdbc.SchemaMode;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests the contract on cache, guard and database together, as the filter uses them. */
class WholeStoreTest extends VisitorCodeStoreContract {

  private static VisitorCodeStore store;

  @BeforeAll
  static void open() {
    store = over(JdbcDatabase.of("jdbc:h2:mem:whole", null, null, null));
  }

  static VisitorCodeStore over(JdbcDatabase database) {
    return StoreLayers.open(
        () -> JdbcVisitorCodeStore.open(database, SchemaMode.CREATE),
        database::close,
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        10_000,
        Duration.ofMinutes(1),
        new Statistics(0).store());
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Override
  protected VisitorCodeStore store() {
    return store;
  }
}
