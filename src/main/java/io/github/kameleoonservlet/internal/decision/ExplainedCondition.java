package io.github.kameleoonservlet.internal.decision;

import io.github.kameleoonservlet.decision.ConditionExplanation;
import org.jspecify.annotations.Nullable;

/** One evaluated condition, with the values that led to the result. Immutable. */
public final class ExplainedCondition implements ConditionExplanation {

  private final int number;
  private final String kind;
  private final boolean include;
  private final String wanted;
  private final @Nullable String found;
  private final boolean met;
  private final @Nullable String note;

  /**
   * Creates an evaluated condition.
   *
   * @param number the condition's number in its segment, from 1
   * @param kind the condition's type, as the data file names it
   * @param include false for a condition that excludes
   * @param wanted the fields of the condition in the data file, as text
   * @param found the value of the request or the visitor; null if it has none
   * @param met the result, in which exclusion is applied
   * @param note why the condition is not met, if the data do not explain it; otherwise null
   */
  public ExplainedCondition(
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

  @Override
  public int getNumber() {
    return number;
  }

  @Override
  public String getKind() {
    return kind;
  }

  @Override
  public boolean isInclude() {
    return include;
  }

  @Override
  public String getWanted() {
    return wanted;
  }

  @Override
  public @Nullable String getFound() {
    return found;
  }

  @Override
  public boolean isMet() {
    return met;
  }

  @Override
  public @Nullable String getNote() {
    return note;
  }

  @Override
  public String toString() {
    return "ConditionExplanation[" + number + ", " + kind + ", met=" + met + "]";
  }
}
