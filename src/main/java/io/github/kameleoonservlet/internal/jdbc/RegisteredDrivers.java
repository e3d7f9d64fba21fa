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
 * The drivers registered at one moment. The first look in a JVM makes {@link DriverManager} load
 * every driver that the thread's context class loader finds, and only that look does. So this class
 * looks with the system class loader, which loads no driver of the application.
 *
 * @param drivers the drivers that are visible to the library
 * @param firstUse whether this was the JVM's first use of the driver manager
 */
record RegisteredDrivers(Set<Driver> drivers, boolean firstUse) {

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

  /** The system class loader, which records whether it was asked for a resource. */
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
