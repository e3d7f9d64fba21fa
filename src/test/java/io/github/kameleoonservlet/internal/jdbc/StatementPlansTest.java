package io.github.kameleoonservlet.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.testing.FreePorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests that each statement of the store finds its rows by an index, so that the statement is fast
 * on a large table.
 */
@Tag("slow")
class StatementPlansTest {

  private static final UserKey USER = new UserKey("a".repeat(64));
  private static final UserKey OTHER = new UserKey("b".repeat(64));

  @Test
  void everyStatement_onH2_usesAnIndex() throws SQLException {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:plans");
    h2.setUser("sa");
    try (Connection connection = h2.getConnection()) {
      assertThat(plans(h2, connection)).noneMatch(plan -> plan.contains("tableScan"));
    }
  }

  @Test
  void everyStatement_onPostgres_usesAnIndex() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setPort(FreePorts.next()).start();
        Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      // With this option PostgreSQL scans a small table only if no index can be used.
      statement.execute("set enable_seqscan = off");

      assertThat(plans(postgres.getPostgresDatabase(), connection))
          .noneMatch(plan -> plan.contains("Seq Scan"));
    }
  }

  private static List<String> plans(DataSource database, Connection connection)
      throws SQLException {
    Set<String> statements = statements(database);
    assertThat(statements).hasSizeGreaterThan(4);
    List<String> plans = new ArrayList<>();
    for (String statement : statements) {
      plans.add(statement + "\n" + plan(connection, statement));
    }
    return plans;
  }

  /** Returns the statements with parameters that the store's calls execute. */
  private static Set<String> statements(DataSource database) {
    Set<String> statements = new ConcurrentSkipListSet<>();
    DataSource recording =
        ProxyDataSourceBuilder.create(database)
            .afterQuery(
                (execution, queries) ->
                    queries.stream()
                        .map(QueryInfo::getQuery)
                        .filter(query -> query.contains("?"))
                        .forEach(statements::add))
            .build();
    try (JdbcVisitorCodeStore store =
        PatientOpening.open(JdbcDatabase.of(recording), SchemaMode.CREATE)) {
      store.find(USER);
      store.find(USER, OTHER);
      store.link(USER, new VisitorCode("c".repeat(16)));
      store.rename(USER, OTHER);
      store.erase(OTHER);
    }
    return statements;
  }

  private static String plan(Connection connection, String sql) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (PreparedStatement explain = connection.prepareStatement("explain " + sql)) {
      for (int i = 1; i <= sql.chars().filter(character -> character == '?').count(); i++) {
        // A null value is not possible, because PostgreSQL plans with the values, and no row equals
        // null.
        if (sql.startsWith("insert") && i == 3) {
          explain.setNull(i, Types.TIMESTAMP);
        } else {
          explain.setString(i, "x");
        }
      }
      try (ResultSet lines = explain.executeQuery()) {
        while (lines.next()) {
          plan.append(lines.getString(1)).append('\n');
        }
      }
    }
    return plan.toString();
  }
}
