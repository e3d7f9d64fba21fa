package io.github.kameleoonservlet.decision;

import org.jspecify.annotations.Nullable;

/**
 * The result of one condition of a segment for one request, and the data that led to the result.
 *
 * <p>Immutable and thread-safe; no method throws. Only {@link #getFound()} and {@link #getNote()}
 * can be null. The values come from the request: escape them before a page prints them.
 *
 * @since 0.1
 */
public final class ConditionExplanation {

  private final int number;
  private final String kind;
  private final boolean include;
  private final String wanted;
  private final @Nullable String found;
  private final boolean met;
  private final @Nullable String note;

  /**
   * Creates an explanation. For decision providers; the parameters may change.
   *
   * @param number the condition's number in its segment, from 1
   * @param kind the condition's type, as the data file names it
   * @param include false for a condition that excludes
   * @param wanted the fields of the condition in the data file, as text
   * @param found the value of the request or the visitor; null if it has none
   * @param met the result, in which exclusion is applied
   * @param note why the condition is not met, if the data do not explain it; otherwise null
   */
  public ConditionExplanation(
      int number,
      String kind,
      boolean include,
      String wanted,
      @Nullable String found,
      boolean met,
      @Nullable String note) {
    this.number = number;
    this.kind = kind;
    this.include = include;
    this.wanted = wanted;
    this.found = found;
    this.met = met;
    this.note = note;
  }

  /** Returns the condition's number in its segment, from 1. */
  public int getNumber() {
    return number;
  }

  /** Returns the condition's type as the data file names it, for example {@code PAGE_URL}. */
  public String getKind() {
    return kind;
  }

  /** Returns false for a condition that excludes the visitors who have the wanted value. */
  public boolean isInclude() {
    return include;
  }

  /**
   * Returns the fields of the condition in the data file, for example {@code url=/checkout,
   * matchType=CONTAINS}. The text is for people, and its form may change.
   */
  public String getWanted() {
    return wanted;
  }

  /** Returns the value of the request or the visitor as text; null if it has none. */
  public @Nullable String getFound() {
    return found;
  }

  /** Returns whether the condition is met; exclusion is applied. */
  public boolean isMet() {
    return met;
  }

  /**
   * Returns why the condition is not met, if the data do not explain it: an unknown type, a regular
   * expression that is invalid in Java or takes too long, a condition that cannot be evaluated.
   * Null otherwise.
   */
  public @Nullable String getNote() {
    return note;
  }

  String toText() {
    return number
        + ". "
        + kind
        + (include ? " " : " not ")
        + wanted
        + ": "
        + (met ? "met" : "not met")
        + ", found "
        + (found == null ? "nothing" : found)
        + (note == null ? "" : " (" + note + ")");
  }

  @Override
  public String toString() {
    return "ConditionExplanation[" + number + ", " + kind + ", met=" + met + "]";
  }
}
