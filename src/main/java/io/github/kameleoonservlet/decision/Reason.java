package io.github.kameleoonservlet.decision;

/**
 * The reason why a visitor has a variation.
 *
 * @since 0.1
 */
public enum Reason {
  /** A rule of the feature assigned the variation. */
  ASSIGNED,
  /** No rule assigned a variation to the visitor, who gets the feature's default. */
  DEFAULT,
  /** The data file has no feature with this key. */
  NOT_FOUND,
  /** The feature is disabled in the environment of the settings. */
  DISABLED,
  /** The data file has not arrived yet, or the SDK does not start. */
  NOT_READY,
  /** The settings require consent, and the visitor has not given it. */
  WITHHELD,
  /**
   * The outcome of the request is {@code UNRESOLVED}: the visitor cannot be determined, or the
   * request is not measured. Also the reason of features that are read after the request.
   */
  UNRESOLVED,
  /**
   * The filter only observes (setting {@code mode=observe}): the library has decided the feature
   * for its counts, and the visitor gets {@code off}.
   */
  OBSERVED,
  /**
   * The browser sees a preview of the feature, by a link or by Kameleoon's Simulation Panel. Also
   * the variation of a feature that is disabled or that no rule assigns. The library sends nothing.
   */
  PREVIEW,
  /** The SDK failed; the log has the cause. */
  ERROR
}
