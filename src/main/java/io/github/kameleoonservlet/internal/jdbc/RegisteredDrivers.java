package io.github.kameleoonservlet.internal.jdbc;

import java.io.IOException;
import java.net.URL;
import java.sql.Driver;
import java.sql.DriverManager;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The drivers that are registered at one time. At the JVM's first use, {@link DriverManager} loads
 * every driver that the thread's context class loader finds. This class therefore uses the system
 * class loader, which finds no driver of the application.
 *
 * @param drivers the drivers that are visible to the library
 * @param firstUse whether this was the JVM's first use of the driver manager
 */
record RegisteredDrivers(Set<Driver> drivers, boolean firstUse) {

  /** Returns the drivers that are registered now. */
  static RegisteredDrivers now() {
    Thread thread = Thread.currentThread();
    ClassLoader context = thread.getContextClassLoader();
    AskedLoader loader = new AskedLoader();
    thread.setContextClassLoader(loader);
    try {
      Set<Driver> drivers = DriverManager.drivers().collect(Collectors.toCollection(HashSet::new));
      return new RegisteredDrivers(drivers, loader.asked);
    } finally {
      thread.setContextClassLoader(context);
    }
  }

  /** A child of the system class loader that records whether the JDK has searched for resources. */
  private static final class AskedLoader extends ClassLoader {

    private boolean asked;

    AskedLoader() {
      super(ClassLoader.getSystemClassLoader());
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      asked = true;
      return super.getResources(name);
    }
  }
}
