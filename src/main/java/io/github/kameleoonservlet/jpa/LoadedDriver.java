package io.github.kameleoonservlet.jpa;

import io.github.kameleoonservlet.identity.UnusableStoreException;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Is the driver of a JDBC URL, and remembers which drivers entered the JVM's {@link DriverManager}
 * on its account: loading a driver's class registers it, and the registration would keep a web
 * application's class loader for ever.
 *
 * <p>The driver manager itself is not asked for the driver, because in a servlet container it does
 * not look into {@code WEB-INF/lib}.
 */
final class LoadedDriver implements AutoCloseable {

  private static final String POSTGRESQL = "jdbc:postgresql:";
  private static final String HOST = "(?:\\[[^]/?@]*]|[^\\[:,/?@]*)(?::[0-9]+)?";

  /** What PostgreSQL's driver takes; of every other URL it logs parts at WARNING, or all of it. */
  private static final Pattern OF_POSTGRESQL =
      Pattern.compile(
          POSTGRESQL + "(?:(?!//).*|//(?:HOST(?:,HOST)*/[^/?]*(?:[?].*)?)?)".replace("HOST", HOST),
          Pattern.DOTALL);

  private final Driver driver;
  private final Set<Driver> registered;

  private LoadedDriver(Driver driver, Set<Driver> registered) {
    this.driver = driver;
    this.registered = registered;
  }

  /**
   * Finds a driver.
   *
   * @param name how the database is called in the exception
   * @throws UnusableStoreException when there is none, or it would not take the URL
   */
  static LoadedDriver accepting(String url, String name) {
    if (url.startsWith(POSTGRESQL) && !OF_POSTGRESQL.matcher(url).matches()) {
      throw new UnusableStoreException(
          "The visitor code store cannot be used: the URL is not of the form"
              + " jdbc:postgresql://host:port/database?parameters. User and password go into"
              + " jdbcUser and jdbcPassword, or into the parameters, not before the host.");
    }
    Set<Driver> before = registeredBefore();
    List<Driver> candidates = new ArrayList<>();
    collect(Thread.currentThread().getContextClassLoader(), candidates);
    collect(LoadedDriver.class.getClassLoader(), candidates);
    Set<Driver> registered =
        DriverManager.drivers()
            .filter(driver -> !before.contains(driver))
            // Those of another loader live longer than we do, and others may use them by now.
            .filter(driver -> Objects.equals(loader(driver), loader(LoadedDriver.class)))
            .collect(Collectors.toSet());
    return Stream.concat(candidates.stream(), before.stream())
        .filter(driver -> accepts(driver, url))
        .findFirst()
        .map(driver -> new LoadedDriver(driver, registered))
        .orElseThrow(
            () -> {
              deregister(registered);
              return new UnusableStoreException(
                  "The visitor code store cannot be used: there is no JDBC driver for "
                      + name
                      + "; its jar belongs into WEB-INF/lib, or to the server's libraries");
            });
  }

  Driver driver() {
    return driver;
  }

  /** Takes back the registrations, and ends what came with them; those of others excepted. */
  @Override
  public void close() {
    deregister(registered);
    registered.forEach(LoadedDriver::endThread);
  }

  /** MySQL's driver starts a thread with its class, and ends it only when it is told to. */
  private static void endThread(Driver driver) {
    if (driver.getClass().getName().equals("com.mysql.cj.jdbc.Driver")) {
      try {
        Class.forName("com.mysql.cj.jdbc.AbandonedConnectionCleanupThread", true, loader(driver))
            .getMethod("checkedShutdown")
            .invoke(null);
      } catch (ReflectiveOperationException e) {
        // Another version of it. The server will complain of the thread.
      }
    }
  }

  /**
   * The first look at the driver manager makes it load every driver that the thread can see. Those
   * of the web application would then look as if they had always been there: hence the JVM's own
   * class loader. {@link #collect} loads the web application's, all of them, as it would have done.
   */
  private static Set<Driver> registeredBefore() {
    Thread thread = Thread.currentThread();
    ClassLoader context = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      return DriverManager.drivers().collect(Collectors.toCollection(HashSet::new));
    } finally {
      thread.setContextClassLoader(context);
    }
  }

  private static void collect(@Nullable ClassLoader loader, List<Driver> drivers) {
    ServiceLoader.load(Driver.class, loader).stream()
        .forEach(
            provider -> {
              try {
                drivers.add(provider.get());
              } catch (ServiceConfigurationError e) {
                // Somebody's driver is broken. Ours is missed below if it is that one.
              }
            });
  }

  private static boolean accepts(Driver driver, String url) {
    try {
      return driver.acceptsURL(url);
    } catch (SQLException e) {
      return false;
    }
  }

  private static void deregister(Set<Driver> drivers) {
    for (Driver driver : drivers) {
      try {
        DriverManager.deregisterDriver(driver);
      } catch (SQLException e) {
        throw new IllegalStateException("a driver does not let itself be deregistered", e);
      }
    }
  }

  private static @Nullable ClassLoader loader(Object object) {
    Class<?> type = object instanceof Class<?> given ? given : object.getClass();
    return type.getClassLoader();
  }
}
