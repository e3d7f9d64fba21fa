package io.github.kameleoonservlet.internal.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Makes objects of JDBC that stand before others. A proxy, because the interfaces grow with every
 * JDK, and drivers lag behind.
 */
final class JdbcProxy {

  private JdbcProxy() {}

  /** Makes an object whose calls go to {@code answer}; it equals itself only. */
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

  /** Answers a call, as a rule with what the object behind says. */
  interface Answer {
    @Nullable Object to(Method method, @Nullable Object @Nullable [] arguments)
        throws ReflectiveOperationException;
  }
}
