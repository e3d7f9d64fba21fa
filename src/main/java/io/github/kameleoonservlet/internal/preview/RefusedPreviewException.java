package io.github.kameleoonservlet.internal.preview;

import io.github.kameleoonservlet.internal.statistics.PreviewCounts;

/** The refusal of a link or cookie that shows no preview. Has no stack trace. */
public final class RefusedPreviewException extends Exception {

  private static final long serialVersionUID = 1L;

  private final PreviewCounts.Cause cause;

  RefusedPreviewException(PreviewCounts.Cause cause) {
    super(cause.name(), null, false, false);
    this.cause = cause;
  }

  /** Returns the cause of the refusal, for the counts. */
  public PreviewCounts.Cause cause() {
    return cause;
  }
}
