package io.github.kameleoonservlet.internal.jpa;

import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.internal.jdbc.LinkReader;
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
 * A reader of links through the provider of the application's unit, if the provider is Hibernate
 * 6.2 to 7, or 5.3 to 5.6 in the javax edition. After a failure of Hibernate the reader uses JDBC,
 * so that no user lacks a code because of the persistence provider. Thread-safe.
 */
final class UnitReader implements LinkReader {

  private static final Logger LOG = LoggerFactory.getLogger(UnitReader.class);
  private static final ClassLoader LOADER = UnitReader.class.getClassLoader();
  private static final String PROVIDER = "jakarta.persistence.spi.PersistenceProvider";

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

  private final LinkReader jdbc = LinkReader.byJdbc();
  private volatile LinkReader reader;
  private boolean closed;

  UnitReader(LinkReader hibernate) {
    this.reader = hibernate;
  }

  /**
   * Returns the reader for a unit's provider.
   *
   * @param provider the class of the provider; null if the unit names no provider
   */
  static LinkReader of(@Nullable String provider) {
    boolean hibernate = provider == null || provider.startsWith("org.hibernate.");
    return hibernate && hibernateIsUsable()
        ? new UnitReader(new HibernateReader())
        : LinkReader.byJdbc();
  }

  /**
   * Returns whether the application has a supported Hibernate. Uses reflection, because the
   * application may have another Hibernate, or no Jakarta Persistence.
   */
  private static boolean hibernateIsUsable() {
    try {
      Class<?> provider =
          Class.forName("org.hibernate.jpa.HibernatePersistenceProvider", false, LOADER);
      return Class.forName(PROVIDER, false, LOADER).isAssignableFrom(provider)
          && isSupported(
              String.valueOf(
                  Class.forName("org.hibernate.Version", true, LOADER)
                      .getMethod("getVersionString")
                      .invoke(null)),
              PROVIDER);
    } catch (ReflectiveOperationException | LinkageError e) {
      return false;
    }
  }

  /**
   * Returns whether the reader was tested with a version of Hibernate.
   *
   * @param provider the interface of persistence providers in this edition
   */
  static boolean isSupported(String hibernate, String provider) {
    Matcher version = VERSION.matcher(hibernate);
    if (!version.matches()) {
      return false;
    }
    int major = Integer.parseInt(version.group(1));
    int minor = Integer.parseInt(version.group(2));
    return provider.startsWith("javax.")
        ? major == 5 && minor >= 3
        : major == 7 || (major == 6 && minor >= 2);
  }

  @Override
  public void prepare(Connection connection) throws SQLException {
    LinkReader current = reader;
    try {
      current.prepare(connection);
    } catch (RuntimeException | Error e) {
      if (!isFaultOfHibernate(e)) {
        throw e;
      }
      readByJdbc(current, e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Hibernate can fail at the first query, for example if the server's module contains another
   * version of ANTLR.
   */
  @Override
  public List<Row> rows(Connection connection, List<UserKey> users) throws SQLException {
    LinkReader current = reader;
    try {
      return current.rows(connection, users);
    } catch (RuntimeException | Error e) {
      if (current == jdbc || !isFaultOfHibernate(e)) {
        throw e;
      }
      // If JDBC fails as well, Hibernate is not the cause.
      List<Row> rows = jdbc.rows(connection, users);
      readByJdbc(current, e);
      return rows;
    }
  }

  /**
   * Returns whether Hibernate caused a fault. Two mixed versions of Hibernate can throw any
   * exception, but no SQLException.
   */
  private static boolean isFaultOfHibernate(Throwable fault) {
    return !(fault instanceof VirtualMachineError)
        && Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
            .noneMatch(SQLException.class::isInstance);
  }

  private synchronized void readByJdbc(LinkReader failed, Throwable fault) {
    if (closed || reader != failed) {
      return;
    }
    reader = jdbc;
    LOG.warn(
        "The Hibernate of this application cannot read the visitor codes ({}). The"
            + " library reads the codes by JDBC instead, without an effect on visitors."
            + " Check whether WEB-INF/lib contains two versions of Hibernate or of ANTLR.",
        fault.getClass().getSimpleName());
    try {
      failed.close();
    } catch (RuntimeException | LinkageError e) {
      // The reader has no connection and no thread that could leak.
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    reader.close();
  }
}
