package io.github.kameleoonservlet.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.function.Predicate;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionPoolTest {

  /** The application has HikariCP older than 3.4. */
  @Test
  void open_oldPoolWithoutOverride_opens() throws Exception {
    try (URLClassLoader pool =
            new URLClassLoader(
                classPath(entry -> entry.contains("HikariCP") || entry.contains("slf4j-api")),
                ClassLoader.getPlatformClassLoader());
        URLClassLoader application = new WithoutOverride(pool)) {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(application);
      try {
        Object result =
            application
                .loadClass(DriverRegistrationsTest.LinksOnce.class.getName())
                .getMethod("run", String.class)
                .invoke(null, "mem:old-pool");

        assertThat(result).isEqualTo("linked");
      } finally {
        thread.setContextClassLoader(before);
      }
    }
  }

  @Test
  void discard_brokenConnection_dropsAllConnectionsOfThatAge(@TempDir Path folder)
      throws SQLException {
    try (ConnectionPool pool = h2("file:" + folder.resolve("codes"))) {
      Connection broken = pool.dataSource().getConnection();
      Object other = physicalAfterUse(pool);

      pool.discard(broken);
      broken.close();

      assertThat(physicalAfterUse(pool)).isNotSameAs(other);
    }
  }

  @Test
  void discard_memoryDatabase_keepsConnections() throws SQLException {
    try (ConnectionPool pool = h2("mem:kept")) {
      Object physical = physicalAfterUse(pool);
      try (Connection connection = pool.dataSource().getConnection()) {
        assertThat(connection.unwrap(JdbcConnection.class)).isSameAs(physical);
        pool.discard(connection);
      }

      assertThat(physicalAfterUse(pool)).isSameAs(physical);
    }
  }

  @ParameterizedTest
  @CsvSource({"jdbc:h2:mem:old, true", "jdbc:postgresql://127.0.0.1:1/db, false"})
  void open_h2_keepsConnectionsUntilPoolCloses(String url, boolean unlimited) {
    try (ConnectionPool pool = ConnectionPool.open(new JdbcUrl(url), "sa", "", null)) {
      assertThat(((HikariDataSource) pool.dataSource()).getMaxLifetime() == 0).isEqualTo(unlimited);
    }
  }

  private static ConnectionPool h2(String place) {
    return ConnectionPool.open(new JdbcUrl("jdbc:h2:" + place), "sa", "", null);
  }

  private static Object physicalAfterUse(ConnectionPool pool) throws SQLException {
    try (Connection connection = pool.dataSource().getConnection()) {
      return connection.unwrap(JdbcConnection.class);
    }
  }

  @Test
  void driver_onlyInContextClassLoader_isLoadedFromIt() throws Exception {
    String name = DriverRegistrationsTest.LoadedByTheApplication.class.getName();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader application =
        new URLClassLoader(
            classPath(entry -> entry.endsWith("test-classes")),
            ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(application);
      try (LoadedDriver driver = LoadedDriver.named(name)) {
        assertThat(driver.driver().getClass().getClassLoader()).isSameAs(application);
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static URL[] classPath(Predicate<String> stays) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(stays)
        .map(
            entry -> {
              try {
                return new File(entry).toURI().toURL();
              } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
              }
            })
        .toArray(URL[]::new);
  }

  /** A class loader of an application that does not contain the newer class of the pool. */
  private static final class WithoutOverride extends URLClassLoader {

    WithoutOverride(ClassLoader pool) {
      super(classPath(entry -> !entry.contains("HikariCP") && !entry.contains("slf4j-api")), pool);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("com.zaxxer.hikari.SQLExceptionOverride")) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }
}
