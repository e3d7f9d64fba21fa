package io.github.kameleoonservlet.jpa;

import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.jdbc.LinkReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the links through the provider of the application's unit if that is Hibernate 6.2 to 7,
 * otherwise by JDBC, so that no user lacks a code because of a persistence provider. Thread-safe.
 */
final class UnitReader implements LinkReader {

  private static final Logger LOG = LoggerFactory.getLogger(UnitReader.class);
  private static final ClassLoader LOADER = UnitReader.class.getClassLoader();
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

  private volatile LinkReader reader;

  private UnitReader(LinkReader reader) {
    this.reader = reader;
  }

  /**
   * Returns the reader for a unit's provider; null means that the unit names none, and the
   * container chooses.
   */
  static LinkReader of(@Nullable String provider) {
    boolean hibernate = provider == null || provider.startsWith("org.hibernate.");
    return hibernate && hibernateIsUsable()
        ? new UnitReader(new HibernateReader())
        : LinkReader.byJdbc();
  }

  /**
   * Returns whether Hibernate 6.2 to 7 is present. By reflection, because an application may have
   * no Jakarta Persistence, and any Hibernate.
   */
  private static boolean hibernateIsUsable() {
    try {
      Class<?> provider =
          Class.forName("org.hibernate.jpa.HibernatePersistenceProvider", false, LOADER);
      return Class.forName("jakarta.persistence.spi.PersistenceProvider", false, LOADER)
              .isAssignableFrom(provider)
          && isSupported(
              String.valueOf(
                  Class.forName("org.hibernate.Version", true, LOADER)
                      .getMethod("getVersionString")
                      .invoke(null)));
    } catch (ReflectiveOperationException | LinkageError e) {
      return false;
    }
  }

  static boolean isSupported(String hibernate) {
    Matcher version = VERSION.matcher(hibernate);
    if (!version.matches()) {
      return false;
    }
    int major = Integer.parseInt(version.group(1));
    int minor = Integer.parseInt(version.group(2));
    return major == 7 || (major == 6 && minor >= 2);
  }

  @Override
  public void prepare(Connection connection) throws SQLException {
    try {
      reader.prepare(connection);
    } catch (RuntimeException | LinkageError e) {
      if (isTheDatabases(e)) {
        throw e;
      }
      // A mixture of two Hibernate versions can fail with any exception.
      LOG.warn(
          "The Hibernate of this application cannot read the visitor codes ({}). The library reads"
              + " them by JDBC instead, and visitors notice nothing. Check whether WEB-INF/lib has"
              + " two versions of Hibernate.",
          e.getClass().getSimpleName());
      reader.close();
      reader = LinkReader.byJdbc();
    }
  }

  private static boolean isTheDatabases(Throwable fault) {
    return Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
        .anyMatch(SQLException.class::isInstance);
  }

  @Override
  public List<Row> rows(Connection connection, List<UserKey> users) throws SQLException {
    return reader.rows(connection, users);
  }

  @Override
  public void close() {
    reader.close();
  }
}
