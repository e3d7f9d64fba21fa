package io.github.kameleoonservlet.internal.jdbc;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * The instruction to HikariCP not to evict broken connections, because HikariCP would log a stack
 * trace for each of them. The store evicts broken connections, and {@code internal.guard} logs an
 * outage once. Only HikariCP creates instances. Thread-safe.
 */
public final class SilentEviction implements SQLExceptionOverride {

  @java.lang.Override // the interface has a type of this name
  public Override adjudicate(SQLException fault) {
    return Override.DO_NOT_EVICT;
  }
}
