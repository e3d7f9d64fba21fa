package io.github.kameleoonservlet.benchmark.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The times of one kind of call, in nanoseconds. */
final class Times {

  private final List<Long> all = new ArrayList<>();

  void add(long nanos) {
    all.add(nanos);
  }

  double micros(double quantile) {
    List<Long> sorted = all.stream().sorted().toList();
    return sorted.get((int) (quantile * (sorted.size() - 1))) / 1e3;
  }

  /** Runs two kinds of calls in short turns; each kind begins every other time. */
  static List<Times> inTurns(int turns, int calls, LongSupplier first, LongSupplier second) {
    List<LongSupplier> kinds = List.of(first, second);
    List<Times> times = List.of(new Times(), new Times());
    for (int turn = 0; turn < turns; turn++) {
      for (int i = 0; i < 2; i++) {
        int kind = (turn + i) % 2;
        for (int call = 0; call < calls; call++) {
          times.get(kind).add(kinds.get(kind).getAsLong());
        }
      }
    }
    return times;
  }
}
