package io.github.kameleoonservlet.internal.jdbc;

import io.github.kameleoonservlet.identity.StoreMisconfiguredException;
import org.jspecify.annotations.Nullable;

/**
 * The fault that the table is missing, or has a form that the store cannot use. The message names
 * the fault.
 */
final class SchemaException extends StoreMisconfiguredException {

  private static final long serialVersionUID = 1L;

  SchemaException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
