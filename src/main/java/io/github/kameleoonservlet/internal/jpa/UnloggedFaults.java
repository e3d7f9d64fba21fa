package io.github.kameleoonservlet.internal.jpa;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A wrapper of a connection that throws {@link Fault} instead of {@code SQLException}. Hibernate
 * logs each {@code SQLException} at ERROR, with the database's message, which can contain a visitor
 * code. Hibernate has no setting against these lines. Thread-safe if the connection is.
 */
final class UnloggedFaults implements InvocationHandler {

  private final Object target;

  private UnloggedFaults(Object target) {
    this.target = target;
  }

  /** Returns a wrapper of a connection. */
  static Connection of(Connection connection) {
    return wrap(Connection.class, connection);
  }

  private static <T> T wrap(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            UnloggedFaults.class.getClassLoader(),
            new Class<?>[] {type},
            new UnloggedFaults(target)));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (method.getName().equals("equals")) {
      // Hibernate uses statements and results as keys of maps.
      return args != null && target.equals(unwrapped(args[0]));
    }
    try {
      Object answer = method.invoke(target, args);
      if (answer instanceof PreparedStatement statement) {
        return wrap(PreparedStatement.class, statement);
      } else if (answer instanceof Statement statement) {
        return wrap(Statement.class, statement);
      } else if (answer instanceof ResultSet result) {
        return wrap(ResultSet.class, result);
      }
      return answer;
    } catch (InvocationTargetException e) {
      Throwable fault = e.getCause();
      if (fault instanceof SQLException sql && !method.getName().equals("close")) {
        throw new Fault(sql);
      }
      throw fault == null ? e : fault;
    }
  }

  private static @Nullable Object unwrapped(@Nullable Object other) {
    return other != null
            && Proxy.isProxyClass(other.getClass())
            && Proxy.getInvocationHandler(other) instanceof UnloggedFaults faults
        ? faults.target
        : other;
  }

  /** A fault of the database that Hibernate does not log. The cause is the SQLException. */
  static final class Fault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Fault(SQLException cause) {
      super(cause);
    }
  }
}
