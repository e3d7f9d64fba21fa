package io.github.kameleoonservlet.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ConnectionPoolTest {

  /** As HikariCP before 3.4 in the application. */
  @Test
  void open_poolThatKnowsNoOverride_opens() throws Exception {
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

  /** An application's class loader to which the pool's newer class does not exist. */
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
