package io.github.kameleoonservlet.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Is an application with a class loader of its own, as in a servlet container: it shares nothing
 * with the tests but the JDK.
 */
public final class IsolatedApplication implements AutoCloseable {

  private final URLClassLoader loader;

  /** Takes folders that come before our class path. */
  public IsolatedApplication(Path... folders) throws IOException {
    this(List.of(folders), List.of(), jar -> true);
  }

  /** Takes folders and jars that come before and after our class path, and what stays of it. */
  public IsolatedApplication(List<Path> first, List<Path> last, Predicate<String> stays)
      throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path entry : first) {
      urls.add(entry.toUri().toURL());
    }
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (stays.test(entry)) {
        urls.add(new File(entry).toURI().toURL());
      }
    }
    for (Path entry : last) {
      urls.add(entry.toUri().toURL());
    }
    loader =
        new URLClassLoader(
            "application", urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  /** The application's class loader. */
  public ClassLoader loader() {
    return loader;
  }

  /** Runs the static method {@code run(String)} of a class, inside. */
  public Object run(Class<?> type, String argument) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return loader.loadClass(type.getName()).getMethod("run", String.class).invoke(null, argument);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Writes a logging configuration that hides the application's lines. */
  public static void silence(Path folder) throws IOException {
    Files.writeString(
        folder.resolve("logback-test.xml"),
        """
        <configuration>
          <statusListener class="ch.qos.logback.core.status.NopStatusListener"/>
          <root level="OFF"/>
        </configuration>
        """);
  }

  /**
   * Waits until the application has no threads; returns a reference that is cleared when the
   * application is unloaded.
   */
  public WeakReference<ClassLoader> withoutThreads() {
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getContextClassLoader() == loader)
                    .isEmpty());
    return new WeakReference<>(loader);
  }

  /** Waits until the class loader of an application is unloaded. */
  public static void awaitGone(WeakReference<ClassLoader> loader) {
    await()
        .until(
            () -> {
              System.gc();
              return loader.refersTo(null);
            });
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
