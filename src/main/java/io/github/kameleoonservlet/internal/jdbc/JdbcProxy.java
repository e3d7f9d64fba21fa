package io.github.kameleoonservlet.internal.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Wrappers of JDBC objects. The wrappers are dynamic proxies, because each JDK adds methods to the
 * interfaces, and older drivers do not implement the new methods. Thread-safe.
 */
final class JdbcProxy {

  private JdbcProxy() {}

  /** Returns an object that passes its calls to {@code answer}, and that equals only itself. */
  static <T> T of(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            JdbcProxy.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return method.getName().equals("equals")
                    ? proxy == arguments[0]
                    : answer.to(method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  /** The handler of a wrapper's calls. Usually passes a call to the wrapped object. */
  interface Answer {
    @Nullable Object to(Method method, @Nullable Object @Nullable [] arguments)
        throws ReflectiveOperationException;
  }
}
