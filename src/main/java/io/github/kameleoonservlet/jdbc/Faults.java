package io.github.kameleoonservlet.jdbc;

import io.github.kameleoonservlet.identity.UnusableStoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells kinds of faults of a database apart. */
final class Faults {

  /** The longest that a connection is asked whether it lives, after a fault only. */
  private static final int LIFE_SECONDS = 1;

  /** H2's errors for a URL: relative path, wrong format, setting given twice, unknown setting. */
  private static final Set<Integer> H2_URL_ERRORS = Set.of(90011, 90046, 90066, 90113);

  private Faults() {}

  /** The database's faults among the causes. */
  static Stream<SQLException> of(Throwable fault) {
    return Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast);
  }

  /**
   * Whether a connection can serve no more, unlike one whose statement was refused: for want of a
   * right, of disk space, on a replica.
   */
  static boolean isBroken(Connection connection, Throwable fault) {
    if (of(fault).anyMatch(Faults::saysSo)) {
      return true;
    }
    try {
      return connection.isClosed() || !connection.isValid(LIFE_SECONDS);
    } catch (SQLException | RuntimeException | AbstractMethodError e) {
      return true;
    }
  }

  private static boolean saysSo(SQLException fault) {
    String state = fault.getSQLState();
    return (state != null && state.startsWith("08"))
        || fault instanceof SQLNonTransientConnectionException
        || fault instanceof SQLRecoverableException;
  }

  /** The fault for good that a failed connection means, or null when it may succeed later. */
  static @Nullable UnusableStoreException refusalOfTheUrl(SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnusableStoreException unusable) {
        return unusable;
      }
    }
    return of(failure)
        .filter(
            fault ->
                fault instanceof SQLFeatureNotSupportedException
                    || H2_URL_ERRORS.contains(fault.getErrorCode()))
        .findFirst()
        .map(
            fault ->
                new UnusableStoreException(
                    "The visitor code store cannot be used: the database refuses the URL (SQLState "
                        + fault.getSQLState()
                        + ", code "
                        + fault.getErrorCode()
                        + "). Check the settings in the URL.",
                    fault))
        .orElse(null);
  }
}
