package io.github.kameleoonservlet.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jboss.arquillian.container.test.api.Deployer;

/** Detects the leaks of an undeployed web app in an embedded Tomcat. */
final class TomcatLeaks {

  private static final Logger LOADER_LOG =
      Logger.getLogger("org.apache.catalina.loader.WebappClassLoaderBase");

  private TomcatLeaks() {}

  /** Returns the class loader of the only running web app; fails if the web app has no thread. */
  static WeakReference<ClassLoader> loader() {
    assertThat(threadsOfWebApps()).as("what the gate looks at").isNotEmpty();
    return new WeakReference<>(threadsOfWebApps().get(0).getContextClassLoader());
  }

  /** Undeploys a web app, and fails on Tomcat's warnings about threads and JDBC drivers. */
  static void undeploy(Deployer deployer, String name) {
    List<String> warnings = new CopyOnWriteArrayList<>();
    Handler capture = capture(warnings);
    LOADER_LOG.addHandler(capture);
    try {
      deployer.undeploy(name);
    } finally {
      LOADER_LOG.removeHandler(capture);
    }
    // A background thread of Tomcat that happens to work for the application.
    warnings.removeIf(warning -> warning.contains("[Catalina-utility-"));
    assertThat(warnings).isEmpty();
  }

  /** Waits until all threads of all web apps have ended. */
  static void awaitNoThread() {
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(threadsOfWebApps()).isEmpty());
  }

  /** Waits until all loaders are collected. */
  static void awaitCollected(List<WeakReference<ClassLoader>> loaders) {
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              System.gc();
              return loaders.stream().filter(loader -> !loader.refersTo(null)).count();
            },
            left -> left == 0);
  }

  private static List<Thread> threadsOfWebApps() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getContextClassLoader() != null)
        .filter(thread -> isOfWebApp(thread.getContextClassLoader()))
        .toList();
  }

  private static boolean isOfWebApp(ClassLoader loader) {
    return loader.getClass().getSimpleName().contains("WebappClassLoader");
  }

  private static Handler capture(List<String> warnings) {
    return new Handler() {
      @Override
      public void publish(LogRecord entry) {
        if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
          warnings.add(new SimpleFormatter().formatMessage(entry));
        }
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
