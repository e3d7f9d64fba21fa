package io.github.kameleoonservlet.internal.config;

import io.github.kameleoonservlet.internal.source.ApplicationFault;
import jakarta.servlet.ServletException;
import java.lang.reflect.InvocationTargetException;
import java.util.regex.Pattern;

/** The creation of objects of the application's classes that settings name. */
public final class ApplicationClass {

  private static final Pattern NAME =
      Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)+");

  private ApplicationClass() {}

  /** Returns whether a text has the form of a class name with a package. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /**
   * Creates an instance.
   *
   * @param name the name of the setting
   * @param className the value of the setting
   * @throws ServletException if the class cannot be loaded, does not implement the type, or fails
   */
  public static <T> T instance(Parameters parameters, String name, String className, Class<T> type)
      throws ServletException {
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      return type.cast(
          Class.forName(className, true, loader == null ? type.getClassLoader() : loader)
              .getConstructor()
              .newInstance());
    } catch (Throwable e) {
      // The class cannot be loaded, or its initializer or constructor throws.
      ApplicationFault.survive(e instanceof InvocationTargetException ? e.getCause() : e);
      ServletException wrong = parameters.wrong(name, className, implementing(type));
      wrong.initCause(e);
      throw wrong;
    }
  }

  /** Returns the description of allowed classes, for the end of a message. */
  static String implementing(Class<?> type) {
    return "a public class of the web application with a public constructor without parameters that"
        + " implements "
        + type.getName();
  }
}
