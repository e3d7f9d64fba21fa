package io.github.kameleoonservlet.decision;

import org.jspecify.annotations.Nullable;

/** Explains the result of one condition of a segment. Immutable and thread-safe. */
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
   * @param number the condition's number in its segment, from 1 on
   * @param kind the condition's type, as the data file names it
   * @param include false for a condition that excludes
   * @param wanted what the condition asks for
   * @param found what the request or the visitor has; null if nothing is known
   * @param met the result, exclusion included
   * @param note why the result is what it is, if the data do not say it; otherwise null
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

  /** Returns the condition's number in its segment, from 1 on. */
  public int getNumber() {
    return number;
  }

  /** Returns the condition's type, as in {@code PAGE_URL}. */
  public String getKind() {
    return kind;
  }

  /** Returns false if the condition excludes those who have what it asks for. */
  public boolean isInclude() {
    return include;
  }

  /**
   * Returns what the condition asks for, as in {@code url=/checkout, matchType=CONTAINS}: its
   * fields in the data file, as text for people.
   */
  public String getWanted() {
    return wanted;
  }

  /** Returns what the request or the visitor has; null if nothing is known. */
  public @Nullable String getFound() {
    return found;
  }

  /** Returns whether the visitor meets the condition, exclusion included. */
  public boolean isMet() {
    return met;
  }

  /**
   * Returns why the result is what it is, if the data do not show it: an unknown type of condition,
   * a datum that no setting feeds, a regular expression that took too long. Otherwise null.
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
