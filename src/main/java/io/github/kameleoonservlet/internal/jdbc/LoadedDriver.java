package io.github.kameleoonservlet.internal.jdbc;

import io.github.kameleoonservlet.identity.StoreMisconfiguredException;
import java.lang.reflect.Constructor;
import java.sql.Driver;

/**
 * A JDBC driver that is loaded by its class name. {@code DriverManager} does not search {@code
 * WEB-INF/lib} in a servlet container. {@link java.util.ServiceLoader} would load and register
 * every driver of the application, and would fail at the first broken driver. Thread-safe.
 */
final class LoadedDriver implements AutoCloseable {

  private final Driver driver;
  private final DriverRegistrations registrations;

  private LoadedDriver(Driver driver, DriverRegistrations registrations) {
    this.driver = driver;
    this.registrations = registrations;
  }

  /**
   * Loads a driver.
   *
   * @throws StoreMisconfiguredException if the class is missing or is not a driver; the message
   *     names the class
   */
  static LoadedDriver named(String className) {
    try {
      Constructor<? extends Driver> constructor =
          found(className).asSubclass(Driver.class).getConstructor();
      return load(constructor);
    } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
      throw new StoreMisconfiguredException(
          "The visitor code store cannot be used: the JDBC driver "
              + className
              + " cannot be loaded ("
              + e.getClass().getSimpleName()
              + "). Put its jar into WEB-INF/lib or into the server's libraries.",
          e);
    }
  }

  /** Initializes the driver's class, which registers the driver. */
  private static LoadedDriver load(Constructor<? extends Driver> constructor)
      throws ReflectiveOperationException {
    DriverRegistrations registrations = DriverRegistrations.watch();
    try {
      Driver driver = constructor.newInstance();
      registrations.addWitness(driver.getClass());
      return new LoadedDriver(driver, registrations);
    } catch (ReflectiveOperationException | LinkageError e) {
      registrations.deregisterUnused();
      throw e;
    }
  }

  /**
   * Finds the class without initializing the class, so that a missing class causes no use of the
   * driver manager.
   */
  private static Class<?> found(String className) throws ClassNotFoundException {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null) {
      try {
        return Class.forName(className, false, context);
      } catch (ClassNotFoundException e) {
        // The search continues with the library's class loader.
      }
    }
    return Class.forName(className, false, LoadedDriver.class.getClassLoader());
  }

  Driver driver() {
    return driver;
  }

  /** Deregisters the driver, unless the application has used the registration. */
  @Override
  public void close() {
    registrations.deregisterUnused();
  }
}
