package io.github.kameleoonservlet;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Is an application with a class loader of its own, as in a servlet container: it shares nothing
 * with the tests but the JDK.
 */
public final class IsolatedApplication implements AutoCloseable {

  private final URLClassLoader loader;

  /** Takes folders that come before our class path. */
  public IsolatedApplication(Path... folders) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path folder : folders) {
      urls.add(folder.toUri().toURL());
    }
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(new File(entry).toURI().toURL());
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

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
