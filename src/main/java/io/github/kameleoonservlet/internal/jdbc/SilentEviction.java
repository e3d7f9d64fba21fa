package io.github.kameleoonservlet.internal.jdbc;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Keeps the pool from throwing broken connections out by itself, because it logs the stack trace of
 * each: the store does it, and its guard says once that the database is down. Public only for the
 * pool, which makes it.
 */
public final class SilentEviction implements SQLExceptionOverride {

  @java.lang.Override // the interface has a type of this name
  public Override adjudicate(SQLException fault) {
    return Override.DO_NOT_EVICT;
  }
}
