package io.github.kameleoonservlet.internal.jdbc;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The registrations in the JVM's {@link DriverManager} that the loading of a driver causes.
 *
 * <p>A driver registers itself once, when its class is loaded. An application may rely on a
 * registration that the library caused, through {@code Class.forName} and {@code
 * DriverManager.getConnection}. Otherwise the registration would keep the class loader of an
 * undeployed application. This class therefore registers a witness before each such registration.
 * If the application connects, or tries to connect, through the witness, the registration stays.
 * Otherwise {@link #deregisterUnused()} removes the registration.
 *
 * <p>A search for registrations may be the JVM's first use of the driver manager. In that case a
 * {@link LateDriverScan} is registered until the application looks for a driver.
 *
 * <p>Not thread-safe.
 */
final class DriverRegistrations {

  private final Set<Driver> before;
  private final List<DriverWitness> witnesses = new ArrayList<>();
  private @Nullable LateDriverScan lateScan;

  private DriverRegistrations(Set<Driver> before) {
    this.before = before;
  }

  /**
   * Returns an instance that remembers the present registrations. Call this method before a driver
   * is loaded.
   */
  static DriverRegistrations watch() {
    RegisteredDrivers first = RegisteredDrivers.now();
    // To list a driver of another application, the JDK loads the class of the same name from this
    // application. The second list contains the drivers that the first list has loaded.
    RegisteredDrivers second = RegisteredDrivers.now();
    DriverRegistrations registrations = new DriverRegistrations(second.drivers());
    for (Driver driver : second.drivers()) {
      if (!first.drivers().contains(driver) && mayBeUnloaded(driver.getClass())) {
        registrations.registerWitness(driver);
      }
    }
    if (first.firstUse()) {
      registrations.scanLate();
    }
    return registrations;
  }

  private void scanLate() {
    ClassLoader system = ClassLoader.getSystemClassLoader();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader application =
        context == null || context == system ? DriverRegistrations.class.getClassLoader() : context;
    // The JDK has already searched the system class loader.
    if (application != system) {
      LateDriverScan scan = new LateDriverScan(application);
      try {
        DriverManager.registerDriver(scan);
        lateScan = scan;
      } catch (SQLException | SecurityException e) {
        // The application then needs Class.forName, as on servers that use the driver manager
        // first.
      }
    }
  }

  /**
   * Registers a witness for the registration of a loaded driver, unless the JVM keeps the class.
   * All other new registrations belong to the application, which may load drivers at the same time.
   */
  void addWitness(Class<?> loaded) {
    Set<Driver> now = RegisteredDrivers.now().drivers();
    for (Driver driver : now) {
      if (!before.contains(driver) && driver.getClass() == loaded && mayBeUnloaded(loaded)) {
        registerWitness(driver);
      }
    }
    // If the application was restarted in the same class loader, the class is loaded already, and
    // its registration was removed. A loaded class does not register itself again.
    if (now.stream().noneMatch(driver -> driver.getClass() == loaded) && mayBeUnloaded(loaded)) {
      try {
        registerWitness((Driver) loaded.getConstructor().newInstance());
      } catch (ReflectiveOperationException e) {
        // Without a public constructor the application cannot use the driver through DriverManager.
      }
    }
  }

  private void registerWitness(Driver driver) {
    DriverWitness witness = new DriverWitness(driver);
    try {
      // In this order DriverManager always contains the witness or the driver, and finds the
      // witness first.
      DriverManager.registerDriver(witness);
      DriverManager.deregisterDriver(driver);
      DriverManager.registerDriver(driver);
      witnesses.add(witness);
    } catch (SQLException | SecurityException e) {
      // The driver's registration stays unchanged.
    }
  }

  /** Deregisters the drivers that the application has not used, and ends their threads. */
  void deregisterUnused() {
    if (lateScan != null) {
      lateScan.deregister();
    }
    for (DriverWitness witness : witnesses) {
      deregister(witness);
      if (!witness.isUsed()) {
        deregister(witness.driver());
        endThread(witness.driver().getClass());
      }
    }
    witnesses.clear();
  }

  /** Ends the thread of MySQL's driver, which starts when the driver's class is loaded. */
  private static void endThread(Class<?> driver) {
    if (driver.getName().equals("com.mysql.cj.jdbc.Driver")) {
      try {
        Class.forName(
                "com.mysql.cj.jdbc.AbandonedConnectionCleanupThread", true, driver.getClassLoader())
            .getMethod("checkedShutdown")
            .invoke(null);
      } catch (ReflectiveOperationException e) {
        // Another version of the driver may lack the class. The server then reports the thread.
      }
    }
  }

  private static void deregister(Driver driver) {
    try {
      DriverManager.deregisterDriver(driver);
    } catch (SQLException | SecurityException e) {
      // The server reports the registration.
    }
  }

  /**
   * Returns whether the driver is unloaded with this application. A driver of the server serves
   * other applications, and a driver on the JVM's class path stays until the JVM ends.
   */
  private static boolean mayBeUnloaded(Class<?> type) {
    ClassLoader library = DriverRegistrations.class.getClassLoader();
    return type.getClassLoader() == library && library != ClassLoader.getSystemClassLoader();
  }
}
