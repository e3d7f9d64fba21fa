package io.github.kameleoonservlet.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests a proxy that sends every query to a replica, which lags behind, and every write to the
 * primary.
 */
class StaleReplicaTest {

  private static final UserKey USER = new UserKey("a".repeat(64));
  private static final UserKey OTHER = new UserKey("b".repeat(64));
  private static final VisitorCode CODE = new VisitorCode("code");
  private static final VisitorCode NEW = new VisitorCode("new");

  private final JdbcDataSource primary = new JdbcDataSource();
  private final JdbcDataSource replica = new JdbcDataSource();
  private Connection keepsThePrimary;
  private Connection keepsTheReplica;
  private JdbcVisitorCodeStore onPrimary;
  private JdbcVisitorCodeStore split;

  @BeforeEach
  void open() throws SQLException {
    primary.setURL("jdbc:h2:mem:primary-" + System.nanoTime());
    replica.setURL("jdbc:h2:mem:replica-" + System.nanoTime());
    keepsThePrimary = primary.getConnection();
    keepsTheReplica = replica.getConnection();
    onPrimary = PatientOpening.open(JdbcDatabase.of(primary), SchemaMode.CREATE);
    try (JdbcVisitorCodeStore onReplica =
        PatientOpening.open(JdbcDatabase.of(replica), SchemaMode.CREATE)) {
      // The first call creates the table.
      assertThat(onReplica.find(USER)).isEmpty();
    }
    split =
        PatientOpening.open(
            JdbcDatabase.of(
                new Decorated(primary) {
                  @Override
                  public Connection getConnection() throws SQLException {
                    return withQueriesOnTheReplica(super.getConnection());
                  }
                }),
            SchemaMode.NONE);
  }

  private Connection withQueriesOnTheReplica(Connection connection) {
    return JdbcProxy.of(
        Connection.class,
        (method, arguments) -> {
          boolean query =
              method.getName().equals("prepareStatement")
                  && arguments[0].toString().startsWith("select");
          return method.invoke(query ? keepsTheReplica : connection, arguments);
        });
  }

  @AfterEach
  void close() throws SQLException {
    split.close();
    onPrimary.close();
    keepsThePrimary.close();
    keepsTheReplica.close();
  }

  @Test
  void link_userLinkedOnPrimary_keepsStoredCode() throws SQLException {
    onPrimary.link(USER, CODE);

    assertThat(split.find(USER)).isEmpty();
    assertThatThrownBy(() -> split.link(USER, NEW)).isInstanceOf(StoreUnavailableException.class);
    assertThat(onPrimary.find(USER)).contains(CODE);

    catchUp(USER, CODE);
    assertThat(split.find(USER)).contains(CODE);
  }

  @Test
  void link_codeTakenOnPrimary_isNotShared() {
    onPrimary.link(USER, CODE);

    assertThatThrownBy(() -> split.link(OTHER, CODE)).isInstanceOf(StoreUnavailableException.class);
    assertThat(onPrimary.find(OTHER)).isEqualTo(Optional.empty());
    assertThat(onPrimary.find(USER)).contains(CODE);
  }

  @Test
  void find_userErasedOnPrimary_returnsCodeUntilReplicaCatchesUp() throws SQLException {
    onPrimary.link(USER, CODE);
    catchUp(USER, CODE);

    assertThat(split.erase(USER)).isTrue();
    assertThat(onPrimary.find(USER)).isEmpty();
    assertThat(split.find(USER)).contains(CODE);
  }

  private void catchUp(UserKey user, VisitorCode code) throws SQLException {
    try (Statement statement = keepsTheReplica.createStatement()) {
      statement.execute(
          "insert into kameleoon_visitor_code values ('%s', '%s', now())"
              .formatted(code.value(), user.value()));
    }
  }
}
