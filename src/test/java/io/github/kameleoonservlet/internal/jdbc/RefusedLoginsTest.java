package io.github.kameleoonservlet.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RefusedLoginsTest {

  private final AtomicInteger logins = new AtomicInteger();
  private final JdbcDataSource h2 = new JdbcDataSource();
  private SQLException fault;
  private long now = Long.MAX_VALUE;

  private final DataSource spaced =
      RefusedLogins.spaced(
          JdbcProxy.of(
              DataSource.class,
              (method, arguments) -> {
                if (method.getName().equals("getConnection")) {
                  logins.incrementAndGet();
                  if (fault != null) {
                    throw new InvocationTargetException(fault);
                  }
                }
                return method.invoke(h2, arguments);
              }),
          () -> now);

  RefusedLoginsTest() {
    h2.setURL("jdbc:h2:mem:");
  }

  static Stream<SQLException> refusals() {
    return Stream.of(
        new SQLException("PostgreSQL", "28P01"),
        new SQLException("H2, MariaDB, Db2", "28000"),
        new SQLException("SQL Server", "S0001", 18456),
        new SQLException("Oracle", "72000", 1017),
        new SQLInvalidAuthorizationSpecException("any", "99999"),
        new SQLException("a pool", new SQLException("its driver", "28000")));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void getConnection_loginRefused_isRepeatedAfterAMinute(SQLException refusal) throws SQLException {
    fault = refusal;
    assertThatThrownBy(spaced::getConnection).isSameAs(refusal);

    now += Duration.ofSeconds(59).toNanos();
    assertThatThrownBy(spaced::getConnection)
        .isInstanceOf(SQLInvalidAuthorizationSpecException.class)
        .hasCause(refusal);
    assertThat(logins).hasValue(1);

    fault = null;
    now += Duration.ofSeconds(1).toNanos();
    try (Connection connection = spaced.getConnection()) {
      assertThat(connection.isValid(1)).isTrue();
    }
    spaced.getConnection().close();
    assertThat(logins).hasValue(3);
  }

  @Test
  void getConnection_databaseDown_isRepeatedAtOnce() {
    fault = new SQLException("down", "08001");

    assertThatThrownBy(spaced::getConnection).isSameAs(fault);
    assertThatThrownBy(spaced::getConnection).isSameAs(fault);
    assertThat(logins).hasValue(2);
  }
}
