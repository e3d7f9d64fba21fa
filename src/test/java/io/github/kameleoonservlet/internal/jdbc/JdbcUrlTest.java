package io.github.kameleoonservlet.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcUrlTest {

  /** The names and units are those of the vendors' documentation. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:h2:tcp://db/codes                  | NETWORK_TIMEOUT               | 10000",
        "jdbc:h2:ssl://db/codes                  | NETWORK_TIMEOUT               | 10000",
        "jdbc:postgresql://db/codes              | socketTimeout                 | 10",
        "jdbc:mysql://db/codes                   | connectTimeout                | 10000",
        "jdbc:mysql://db/codes                   | socketTimeout                 | 10000",
        "jdbc:mariadb://db/codes                 | connectTimeout                | 10000",
        "jdbc:mariadb://db/codes                 | socketTimeout                 | 10000",
        "jdbc:sqlserver://db;databaseName=codes  | loginTimeout                  | 10",
        "jdbc:sqlserver://db;databaseName=codes  | socketTimeout                 | 10000",
        "jdbc:db2://db:50000/codes               | loginTimeout                  | 10",
        "jdbc:db2://db:50000/codes               | blockingReadConnectionTimeout | 10",
        "jdbc:oracle:thin:@db:1521/codes         | oracle.net.CONNECT_TIMEOUT    | 10000",
        "jdbc:oracle:thin:@db:1521/codes         | oracle.jdbc.ReadTimeout       | 10000"
      })
  void properties_remoteDatabase_waitsTenSeconds(String url, String name, String value) {
    assertThat(new JdbcUrl(url).properties(null, null)).containsEntry(name, value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:h2:tcp://db/codes;NETWORK_TIMEOUT=1             | NETWORK_TIMEOUT",
        "jdbc:h2:tcp://db/codes;network_timeout=1             | NETWORK_TIMEOUT",
        "jdbc:postgresql://db/codes?socketTimeout=1           | socketTimeout",
        "jdbc:sqlserver://db;socketTimeout=1                  | socketTimeout",
        "jdbc:db2://db:50000/codes:blockingReadConnectionTimeout=1; | blockingReadConnectionTimeout",
        "jdbc:oracle:thin:@tcp://db/codes?oracle.jdbc.ReadTimeout=1 | oracle.jdbc.ReadTimeout",
        "jdbc:h2:file:/codes;DB_CLOSE_ON_EXIT=TRUE            | DB_CLOSE_ON_EXIT",
        "jdbc:h2:file:/codes;db_close_on_exit=true            | DB_CLOSE_ON_EXIT",
        "jdbc:h2:file:/codes;AUTO_SERVER=TRUE                 | DB_CLOSE_ON_EXIT"
      })
  void properties_settingInUrl_isNotOverridden(String url, String name) {
    assertThat(new JdbcUrl(url).properties(null, null)).doesNotContainKey(name);
  }

  @Test
  void properties_h2InThisJvm_onlyDisableShutdownHook() {
    assertThat(new JdbcUrl("jdbc:h2:file:/codes").properties(null, null))
        .containsExactlyEntriesOf(Map.of("DB_CLOSE_ON_EXIT", "FALSE"));
  }
}
