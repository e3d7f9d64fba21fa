package io.github.kameleoonservlet.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The median of the turns of a measurement, and the line that compares it with a goal. */
final class Medians {

  private Medians() {}

  /** Returns the median of a figure of each turn. */
  static <T> double of(List<T> turns, ToDoubleFunction<T> figure) {
    double[] sorted = turns.stream().mapToDouble(figure).toArray();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  /** Prints whether a figure meets its goal: at most or at least the aim. */
  static void goal(String title, double figure, boolean atMost, double aim) {
    System.out.printf(
        Locale.ROOT,
        "goal: %s %.2f, %s %.2f: %s%n",
        title,
        figure,
        atMost ? "at most" : "at least",
        aim,
        (atMost ? figure <= aim : figure >= aim) ? "met" : "NOT met");
  }
}
