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
 * An application with its own class loader, as in a servlet container: the application shares only
 * the JDK with the tests.
 */
public final class IsolatedApplication implements AutoCloseable {

  private final URLClassLoader loader;

  /** Creates an application with folders in front of the tests' class path. */
  public IsolatedApplication(Path... folders) throws IOException {
    this(List.of(folders), List.of(), jar -> true);
  }

  /**
   * Creates an application with folders and jars in front of and behind the tests' class path, of
   * which the entries remain that match a condition.
   */
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

  /** Returns the application's class loader. */
  public ClassLoader loader() {
    return loader;
  }

  /** Runs the static method {@code run(String)} of a class within the application. */
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
