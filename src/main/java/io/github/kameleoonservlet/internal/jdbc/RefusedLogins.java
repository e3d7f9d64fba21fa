package io.github.kameleoonservlet.internal.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A pause of one minute after a refused login. Databases lock an account after several refusals,
 * and the pool, the opening of the store and the check after an outage would each try again within
 * seconds. The pause is between pool and driver, because the pool connects in the background.
 */
final class RefusedLogins {

  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  private record Refusal(SQLException fault, long atNanos) {

    SQLException again() {
      return new SQLInvalidAuthorizationSpecException(
          "refused less than a minute ago", fault.getSQLState(), fault.getErrorCode(), fault);
    }
  }

  private RefusedLogins() {}

  /**
   * Returns a wrapper that throws the refusal again, without a call of the database, for one minute
   * after the database has refused a login.
   */
  static DataSource spaced(DataSource dataSource) {
    return spaced(dataSource, System::nanoTime);
  }

  static DataSource spaced(DataSource dataSource, LongSupplier nanoClock) {
    AtomicReference<@Nullable Refusal> last = new AtomicReference<>();
    return JdbcProxy.of(
        DataSource.class,
        (method, arguments) -> {
          if (!method.getName().equals("getConnection")) {
            return method.invoke(dataSource, arguments);
          }
          Refusal refusal = last.get();
          if (refusal != null && nanoClock.getAsLong() - refusal.atNanos() < PAUSE_NANOS) {
            throw new InvocationTargetException(refusal.again());
          }
          try {
            Object connection = method.invoke(dataSource, arguments);
            last.set(null);
            return connection;
          } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SQLException fault && Faults.isRefusedLogin(fault)) {
              last.set(new Refusal(fault, nanoClock.getAsLong()));
            }
            throw e;
          }
        });
  }
}
