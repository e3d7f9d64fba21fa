package io.github.kameleoonservlet.internal.jdbc;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The registrations in the JVM's {@link DriverManager} that loading a driver causes.
 *
 * <p>A driver's class registers itself once, when it is loaded. If the application later uses
 * {@code Class.forName} and {@code DriverManager.getConnection}, it relies on that registration,
 * even if the library caused it. If the application does not, the registration would keep the class
 * loader of an undeployed application. So this class registers a witness before each registration
 * that our loading caused. If the application connects through the witness, or tries to, the
 * registration belongs to the application and stays; otherwise {@link #giveBack()} removes it.
 *
 * <p>Looking for registrations may be the JVM's first use of the driver manager. Then a {@link
 * LateDriverScan} is registered until the application looks for a driver.
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

  /** Returns a watch that knows the drivers registered before a driver is loaded. */
  static DriverRegistrations watch() {
    RegisteredDrivers first = RegisteredDrivers.now();
    // To list a driver of another application, the JDK loads the class of the same name from here.
    // The second look finds what the first one has loaded.
    RegisteredDrivers second = RegisteredDrivers.now();
    DriverRegistrations registrations = new DriverRegistrations(second.drivers());
    for (Driver driver : second.drivers()) {
      if (!first.drivers().contains(driver) && mayBeUnloaded(driver.getClass())) {
        registrations.stand(driver);
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
    // The JDK has just searched the system class loader.
    if (application != system) {
      LateDriverScan scan = new LateDriverScan(application);
      try {
        DriverManager.registerDriver(scan);
        lateScan = scan;
      } catch (SQLException | SecurityException e) {
        // The application needs Class.forName, as in a server that uses the driver manager first.
      }
    }
  }

  /**
   * Registers a witness before the registration of a class that has been loaded since, unless the
   * JVM keeps the class. Other newer registrations are the application's: it loads drivers at the
   * same time.
   */
  void keepFor(Class<?> loaded) {
    Set<Driver> now = RegisteredDrivers.now().drivers();
    for (Driver driver : now) {
      if (!before.contains(driver) && driver.getClass() == loaded && mayBeUnloaded(loaded)) {
        stand(driver);
      }
    }
    // The class was loaded earlier and its registration removed, by an application that was
    // restarted in its class loader. The class does not register itself again.
    if (now.stream().noneMatch(driver -> driver.getClass() == loaded) && mayBeUnloaded(loaded)) {
      try {
        stand((Driver) loaded.getConstructor().newInstance());
      } catch (ReflectiveOperationException e) {
        // The application connects without DriverManager, if it uses this driver at all.
      }
    }
  }

  private void stand(Driver driver) {
    DriverWitness witness = new DriverWitness(driver);
    try {
      // In this order DriverManager always has one of the two, and finds the witness first.
      DriverManager.registerDriver(witness);
      DriverManager.deregisterDriver(driver);
      DriverManager.registerDriver(driver);
      witnesses.add(witness);
    } catch (SQLException | SecurityException e) {
      // The registration stays as the driver made it.
    }
  }

  /** Deregisters the drivers that the application has not used, and ends their threads. */
  void giveBack() {
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

  /** Ends the thread that MySQL's driver starts when its class is loaded. */
  private static void endThread(Class<?> driver) {
    if (driver.getName().equals("com.mysql.cj.jdbc.Driver")) {
      try {
        Class.forName(
                "com.mysql.cj.jdbc.AbandonedConnectionCleanupThread", true, driver.getClassLoader())
            .getMethod("checkedShutdown")
            .invoke(null);
      } catch (ReflectiveOperationException e) {
        // Another version of the driver. The server reports the thread.
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
   * Returns whether the driver is undeployed with this application. A driver of the server serves
   * other applications, and one on the JVM's class path lives as long as the JVM.
   */
  private static boolean mayBeUnloaded(Class<?> type) {
    ClassLoader ours = DriverRegistrations.class.getClassLoader();
    return type.getClassLoader() == ours && ours != ClassLoader.getSystemClassLoader();
  }
}
