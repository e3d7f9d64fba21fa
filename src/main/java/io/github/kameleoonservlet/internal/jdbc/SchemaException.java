package io.github.kameleoonservlet.internal.jdbc;

import io.github.kameleoonservlet.identity.StoreMisconfiguredException;
import org.jspecify.annotations.Nullable;

/** Says what is missing or wrong in the database's schema. */
public final class SchemaException extends StoreMisconfiguredException {

  private static final long serialVersionUID = 1L;

  SchemaException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
