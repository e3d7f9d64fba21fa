package io.github.kameleoonservlet.jpa;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Lets nobody wait for ever on a connection: else a network that swallows packets keeps our four
 * threads for hours. What the application has set itself stands.
 */
final class NetworkTimeout {

  static final int SECONDS = 10;

  private NetworkTimeout() {}

  /**
   * The same data source, except that the waiting on its connections is limited until they are
   * closed: then they are as they were, for the next user of the application's pool.
   */
  static DataSource whileOpen(DataSource dataSource) {
    return proxy(
        DataSource.class,
        (method, arguments) -> {
          Object answer = method.invoke(dataSource, arguments);
          return answer instanceof Connection connection && limit(connection)
              ? untilClosed(connection)
              : answer;
        });
  }

  private static Connection untilClosed(Connection connection) {
    return proxy(
        Connection.class,
        (method, arguments) -> {
          if (method.getName().equals("close")) {
            restore(connection);
          }
          return method.invoke(connection, arguments);
        });
  }

  /** Limits the waiting on a connection, where the driver can. Returns whether it did. */
  static boolean limit(Connection connection) {
    try {
      if (connection.getNetworkTimeout() == 0) {
        connection.setNetworkTimeout(Runnable::run, SECONDS * 1000);
        return true;
      }
    } catch (SQLException | RuntimeException | AbstractMethodError e) {
      // Then it is for the URL or the application's pool to say. A broken connection shows soon.
    }
    return false;
  }

  private static void restore(Connection connection) {
    try {
      connection.setNetworkTimeout(Runnable::run, 0);
    } catch (SQLException | RuntimeException e) {
      // It is broken, or closed already.
    }
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            NetworkTimeout.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return method.getName().equals("equals")
                    ? proxy == arguments[0]
                    : call.answer(method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private interface Call {
    @Nullable Object answer(Method method, @Nullable Object @Nullable [] arguments)
        throws ReflectiveOperationException;
  }
}
