package io.github.kameleoonservlet.internal.jdbc;

import io.github.kameleoonservlet.identity.StoreUnavailableException;

/**
 * The fault that another process has the H2 file open: another server, or the previous process of
 * this server that has not ended yet. The log shows the name of this class.
 */
final class H2FileInUseException extends StoreUnavailableException {

  private static final long serialVersionUID = 1L;

  H2FileInUseException(Throwable cause) {
    super("another process has the H2 file open", cause);
  }
}
