package io.github.kameleoonservlet.jpa;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Hides a database's JDBC URL, which may have the password in it: Hibernate 7 logs what the driver
 * says of itself at INFO.
 */
final class HiddenUrl {

  private HiddenUrl() {}

  /** The same data source, except that its connections show the kind of database only. */
  static DataSource of(DataSource dataSource) {
    return passOn(DataSource.class, dataSource);
  }

  private static <T> T passOn(Class<T> type, T target) {
    return JdbcProxy.of(
        type,
        (method, arguments) -> {
          Object answer = method.invoke(target, arguments);
          return method.getName().equals("getURL") ? kind(answer) : hidden(answer);
        });
  }

  private static @Nullable Object hidden(@Nullable Object answer) {
    if (answer instanceof Connection connection) {
      return passOn(Connection.class, connection);
    }
    if (answer instanceof DatabaseMetaData metaData) {
      return passOn(DatabaseMetaData.class, metaData);
    }
    return answer;
  }

  private static @Nullable String kind(@Nullable Object url) {
    return url == null ? null : StoreDatabase.kind(url.toString());
  }
}
