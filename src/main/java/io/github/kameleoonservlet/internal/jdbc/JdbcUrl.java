package io.github.kameleoonservlet.internal.jdbc;

import io.github.kameleoonservlet.identity.StoreMisconfiguredException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A JDBC URL, and the driver's class and properties for the URL. Immutable. */
final class JdbcUrl {

  private static final Pattern KIND = Pattern.compile("jdbc:([a-z0-9]+):.*", Pattern.DOTALL);

  private static final Map<String, String> DRIVERS =
      Map.of(
          "h2", "org.h2.Driver",
          "postgresql", "org.postgresql.Driver",
          "mariadb", "org.mariadb.jdbc.Driver",
          "mysql", "com.mysql.cj.jdbc.Driver",
          "oracle", "oracle.jdbc.OracleDriver",
          "sqlserver", "com.microsoft.sqlserver.jdbc.SQLServerDriver",
          "db2", "com.ibm.db2.jcc.DB2Driver",
          "hsqldb", "org.hsqldb.jdbc.JDBCDriver");

  private static final String HOST = "(?:\\[[^]/?@]*]|[^\\[:,/?@]*)(?::[0-9]+)?";

  /**
   * The URLs that PostgreSQL's driver accepts. The driver logs other URLs at WARNING, perhaps with
   * the password.
   */
  private static final Pattern OF_POSTGRESQL =
      Pattern.compile(
          "jdbc:postgresql:(?:(?!//).*|//(?:HOST(?:,HOST)*/[^/?]*(?:[?].*)?)?)"
              .replace("HOST", HOST),
          Pattern.DOTALL);

  private final String text;
  private final String kind;

  JdbcUrl(String text) {
    this.text = text;
    Matcher parts = KIND.matcher(text);
    this.kind = parts.matches() ? parts.group(1) : "";
  }

  /** Returns whether the database runs in this JVM. */
  boolean isLocal() {
    return isH2() && !text.startsWith("jdbc:h2:tcp:") && !text.startsWith("jdbc:h2:ssl:");
  }

  /** Returns whether the database is lost when its last connection closes. */
  boolean isInMemory() {
    return text.startsWith("jdbc:h2:mem:");
  }

  boolean isH2() {
    return kind.equals("h2");
  }

  String text() {
    return text;
  }

  /**
   * Returns the class of the driver.
   *
   * @param configured the setting {@code jdbcDriver}; null if not set
   * @throws StoreMisconfiguredException if the driver is unknown, or would log the URL as malformed
   */
  String driver(@Nullable String configured) {
    if (kind.equals("postgresql") && !OF_POSTGRESQL.matcher(text).matches()) {
      throw new StoreMisconfiguredException(
          "The visitor code store cannot be used: the URL is not of the form"
              + " jdbc:postgresql://host:port/database?parameters. Set user and password in"
              + " jdbcUser and jdbcPassword, or as parameters, not before the host.");
    }
    String driver = configured == null ? DRIVERS.get(kind) : configured;
    if (driver == null) {
      throw new StoreMisconfiguredException(
          "The visitor code store cannot be used: no JDBC driver is known for this kind of URL."
              + " Set the driver's class in jdbcDriver.");
    }
    return driver;
  }

  /**
   * Returns the connection properties: user, password, and the time limits that the URL does not
   * set.
   */
  Properties properties(@Nullable String user, @Nullable String password) {
    Properties properties = new Properties();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    switch (kind) {
      case "h2" -> {
        // H2's shutdown hook runs in parallel to the server's hook. H2's hook would close the
        // database during requests, and would fail on unloaded classes. The pool closes the
        // database instead. With AUTO_SERVER, H2 refuses this property.
        if (!has("AUTO_SERVER=TRUE") && !has("DB_CLOSE_ON_EXIT=")) {
          properties.setProperty("DB_CLOSE_ON_EXIT", "FALSE");
        }
        if (!isLocal()) {
          limit(properties, "NETWORK_TIMEOUT", NetworkTimeout.SECONDS * 1000);
        }
      }
      case "postgresql" -> limit(properties, "socketTimeout", NetworkTimeout.SECONDS);
      case "mariadb", "mysql" -> {
        limit(properties, "connectTimeout", NetworkTimeout.SECONDS * 1000);
        limit(properties, "socketTimeout", NetworkTimeout.SECONDS * 1000);
      }
      case "sqlserver" -> {
        limit(properties, "loginTimeout", NetworkTimeout.SECONDS);
        limit(properties, "socketTimeout", NetworkTimeout.SECONDS * 1000);
      }
      case "db2" -> {
        limit(properties, "loginTimeout", NetworkTimeout.SECONDS);
        limit(properties, "blockingReadConnectionTimeout", NetworkTimeout.SECONDS);
      }
      case "oracle" -> {
        limit(properties, "oracle.net.CONNECT_TIMEOUT", NetworkTimeout.SECONDS * 1000);
        limit(properties, "oracle.jdbc.ReadTimeout", NetworkTimeout.SECONDS * 1000);
      }
      default -> {
        // The defaults of the driver apply, and the limits that NetworkTimeout can set.
      }
    }
    return properties;
  }

  private boolean has(String setting) {
    return text.toUpperCase(Locale.ROOT).contains(";" + setting);
  }

  /**
   * Sets a time limit, unless the URL sets the limit. The limit applies from the first byte,
   * because a server may accept a connection and never answer.
   */
  private void limit(Properties properties, String name, int value) {
    // With some drivers a property overrides the URL.
    if (!text.toUpperCase(Locale.ROOT).contains(name.toUpperCase(Locale.ROOT) + "=")) {
      properties.setProperty(name, String.valueOf(value));
    }
  }
}
