package io.github.kameleoonservlet.internal.config;

import org.jspecify.annotations.Nullable;

/** The fault that the text of a setting is not allowed. */
final class NotAllowedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final @Nullable String part;
  private final String allowed;

  /**
   * Refuses the whole text.
   *
   * @param allowed the texts that are allowed, for the end of a message
   */
  NotAllowedException(String allowed) {
    this(null, allowed);
  }

  /**
   * Refuses a part of the text.
   *
   * @param part the part that a message shows in place of the text
   * @param allowed the texts that are allowed, for the end of a message
   */
  NotAllowedException(@Nullable String part, String allowed) {
    super(allowed, null, false, false);
    this.part = part;
    this.allowed = allowed;
  }

  @Nullable String part() {
    return part;
  }

  String allowed() {
    return allowed;
  }
}
