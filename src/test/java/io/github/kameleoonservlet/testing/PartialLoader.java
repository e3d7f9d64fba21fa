package io.github.kameleoonservlet.testing;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A class loader with the library's own classes, beside the other classes of the tests except those
 * that it hides. It stands for a web application in a server.
 */
public final class PartialLoader extends ClassLoader {

  private static final String LIBRARY = "io.github.kameleoonservlet.";

  private final List<String> hidden;

  /** The names of the hidden classes that a class has asked for. */
  public final java.util.Set<String> missed = ConcurrentHashMap.newKeySet();

  /** Creates a loader that hides the classes whose names begin with one of these texts. */
  public PartialLoader(String... hidden) {
    super(PartialLoader.class.getClassLoader());
    this.hidden = List.of(hidden);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (hidden.stream().anyMatch(name::startsWith)) {
      missed.add(name);
      throw new ClassNotFoundException(name);
    }
    if (!name.startsWith(LIBRARY)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (file == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] code = file.readAllBytes();
      return defineClass(name, code, 0, code.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  /** Runs a task whose class this loader defines and which has a constructor without parameters. */
  public void run(Class<? extends Runnable> task) throws ReflectiveOperationException {
    ((Runnable) loadClass(task.getName()).getDeclaredConstructor().newInstance()).run();
  }
}
