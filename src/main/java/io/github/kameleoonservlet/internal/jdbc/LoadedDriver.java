package io.github.kameleoonservlet.internal.jdbc;

import io.github.kameleoonservlet.identity.StoreMisconfiguredException;
import java.lang.reflect.Constructor;
import java.sql.Driver;

/**
 * One JDBC driver, loaded by the name of its class. Not by {@code DriverManager}, which in a
 * servlet container does not search {@code WEB-INF/lib}; nor by {@link java.util.ServiceLoader},
 * which would load and register every driver of the application, and fail at the first broken one.
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

  /** Initializes the class, which registers itself. */
  private static LoadedDriver load(Constructor<? extends Driver> constructor)
      throws ReflectiveOperationException {
    DriverRegistrations registrations = DriverRegistrations.watch();
    try {
      Driver driver = constructor.newInstance();
      registrations.keepFor(driver.getClass());
      return new LoadedDriver(driver, registrations);
    } catch (ReflectiveOperationException | LinkageError e) {
      registrations.giveBack();
      throw e;
    }
  }

  /** Finds the class without initializing it: a missing one must not use the driver manager. */
  private static Class<?> found(String className) throws ClassNotFoundException {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null) {
      try {
        return Class.forName(className, false, context);
      } catch (ClassNotFoundException e) {
        // The library's class loader is next.
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
    registrations.giveBack();
  }
}
