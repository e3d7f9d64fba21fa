package io.github.kameleoonservlet.internal.jdbc;

import io.github.kameleoonservlet.identity.StoreMisconfiguredException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The classification of database faults. Thread-safe. */
final class Faults {

  /** The time-out in seconds of the check whether a connection is alive. */
  private static final int LIFE_SECONDS = 1;

  /**
   * H2's error codes for a URL: relative path, wrong format, duplicate setting, unknown setting.
   */
  private static final Set<Integer> H2_URL_ERRORS = Set.of(90011, 90046, 90066, 90113);

  /**
   * SQLState and error code of refused logins for Oracle and SQL Server, which do not use class 28.
   */
  private static final Set<String> REFUSED_LOGINS = Set.of("72000 1017", "S0001 18456");

  private Faults() {}

  /** Returns the SQL exceptions among a fault and its causes. */
  static Stream<SQLException> of(Throwable fault) {
    return Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast);
  }

  /**
   * Returns whether a connection is broken. A connection stays usable after a refused statement (a
   * missing right, a full disk, a read-only replica).
   */
  static boolean isBroken(Connection connection, Throwable fault) {
    if (of(fault).anyMatch(Faults::isConnectionFault)) {
      return true;
    }
    try {
      return connection.isClosed() || !connection.isValid(LIFE_SECONDS);
    } catch (SQLException | RuntimeException | AbstractMethodError e) {
      return true;
    }
  }

  private static boolean isConnectionFault(SQLException fault) {
    String state = fault.getSQLState();
    return (state != null && state.startsWith("08"))
        || fault instanceof SQLNonTransientConnectionException
        || fault instanceof SQLRecoverableException;
  }

  /** Returns whether a connection failed because the database refuses user or password. */
  static boolean isRefusedLogin(SQLException failure) {
    return of(failure)
        .anyMatch(
            fault ->
                fault instanceof SQLInvalidAuthorizationSpecException
                    || String.valueOf(fault.getSQLState()).startsWith("28")
                    || REFUSED_LOGINS.contains(fault.getSQLState() + " " + fault.getErrorCode()));
  }

  /**
   * Returns the permanent fault behind a failed connection; null if a later attempt may succeed.
   */
  static @Nullable StoreMisconfiguredException refusalOfTheUrl(SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StoreMisconfiguredException unusable) {
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
                new StoreMisconfiguredException(
                    "The visitor code store cannot be used: the database refuses the URL (SQLState "
                        + fault.getSQLState()
                        + ", code "
                        + fault.getErrorCode()
                        + "). Check the settings in the URL.",
                    fault))
        .orElse(null);
  }
}
