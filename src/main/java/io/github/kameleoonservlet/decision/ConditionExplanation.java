package io.github.kameleoonservlet.decision;

import org.jspecify.annotations.Nullable;

/**
 * The result of one condition of a segment for one request, and the data that led to the result.
 *
 * <p>Immutable and thread-safe; no method throws. Only {@link #getFound()} and {@link #getNote()}
 * can be null. The values come from the request: escape them before a page prints them.
 *
 * <p>Applications call this interface and do not implement it: a later version can add methods.
 *
 * @since 0.1
 */
public interface ConditionExplanation {

  /** Returns the condition's number in its segment, from 1. */
  int getNumber();

  /** Returns the condition's type as the data file names it, for example {@code PAGE_URL}. */
  String getKind();

  /** Returns false for a condition that excludes the visitors who have the wanted value. */
  boolean isInclude();

  /**
   * Returns the fields of the condition in the data file, for example {@code url=/checkout,
   * matchType=CONTAINS}. The text is for people, and its form may change.
   */
  String getWanted();

  /** Returns the value of the request or the visitor as text; null if it has none. */
  @Nullable String getFound();

  /** Returns whether the condition is met; exclusion is applied. */
  boolean isMet();

  /**
   * Returns why the condition is not met, if the data do not explain it: an unknown type, a regular
   * expression that is invalid in Java or takes too long, a condition that cannot be evaluated.
   * Null otherwise.
   */
  @Nullable String getNote();
}
