package io.github.kameleoonservlet.benchmark;

import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.statistics.RecentResolutions;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Compares the CPU of counting with that of the same loop without it, in turns: on one thread, and
 * on all processors at once, where the threads write to the same counts.
 */
public final class CountingBenchmark {

  private static final int OPERATIONS = 100_000;
  private static final double AT_MOST_MICROS = 0.3;
  private static final Outcome[] OUTCOMES = Outcome.values();
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** What a loop counts. */
  private enum Load {
    NOTHING("nothing"),
    REQUEST("a request"),
    DECISION("a decision"),
    PAGE("a page that reads one feature");

    final String title;

    Load(String title) {
      this.title = title;
    }
  }

  /** The cost of one operation in microseconds, and how often a thread waited for a lock. */
  private record Cost(double cpu, long blocked) {}

  private final Statistics statistics = new Statistics(RecentResolutions.MOST);
  private final List<VisitorCode> codes =
      IntStream.range(0, 1_024).mapToObj(i -> new VisitorCode("visitor-" + i)).toList();
  private final List<Variation> variations =
      IntStream.range(0, 32).mapToObj(CountingBenchmark::variation).toList();
  private final UserKey user = new UserKey("0".repeat(64));

  private CountingBenchmark() {}

  /** Returns a variation; one of 32 has a key that no data file has. */
  private static Variation variation(int number) {
    return number == 0
        ? Variation.off("no-such-feature", Reason.NOT_FOUND)
        : Variation.of("feature-" + number, "on", null, null, Map.of(), Reason.ASSIGNED);
  }

  /**
   * Runs the benchmark, in about a minute.
   *
   * @param args a directory that is not used, and the number of turns
   */
  public static void main(String[] args) throws Exception {
    int turns = Integer.parseInt(args[1]);
    CountingBenchmark benchmark = new CountingBenchmark();
    Map<Load, Cost> alone = benchmark.measure(1, turns);
    int processors = Runtime.getRuntime().availableProcessors();
    Map<Load, Cost> together = benchmark.measure(processors, turns);
    System.out.printf(
        "%n| CPU of counting | one thread | %d threads at once | waits for a lock |%n", processors);
    System.out.println("|---|---|---|---|");
    for (Load load : Load.values()) {
      if (load != Load.NOTHING) {
        System.out.printf(
            Locale.ROOT,
            "| %s | %.3f µs | %.3f µs | %d |%n",
            load.title,
            more(alone, load),
            more(together, load),
            alone.get(load).blocked + together.get(load).blocked);
      }
    }
    Medians.goal("counting, one thread, µs", more(alone, Load.PAGE), true, AT_MOST_MICROS);
    Medians.goal("counting, all threads, µs", more(together, Load.PAGE), true, AT_MOST_MICROS);
    double waits = alone.get(Load.PAGE).blocked + together.get(Load.PAGE).blocked;
    Medians.goal("counting, waits for a lock", waits, true, 0);
  }

  private static double more(Map<Load, Cost> costs, Load load) {
    return costs.get(load).cpu - costs.get(Load.NOTHING).cpu;
  }

  private Map<Load, Cost> measure(int threads, int turns) throws Exception {
    ExecutorService people = Executors.newFixedThreadPool(threads);
    Map<Load, List<Cost>> measured = new EnumMap<>(Load.class);
    try {
      for (int i = -turns / 3; i < turns; i++) {
        for (int j = 0; j < Load.values().length; j++) {
          Load load = Load.values()[Math.floorMod(i + j, Load.values().length)];
          Cost cost = turn(people, threads, load);
          if (i >= 0) {
            measured.computeIfAbsent(load, none -> new ArrayList<>()).add(cost);
          }
        }
      }
    } finally {
      people.shutdown();
    }
    Map<Load, Cost> medians = new EnumMap<>(Load.class);
    measured.forEach(
        (load, costs) ->
            medians.put(
                load,
                new Cost(
                    Medians.of(costs, Cost::cpu), costs.stream().mapToLong(Cost::blocked).sum())));
    return medians;
  }

  private Cost turn(ExecutorService people, int threads, Load load) throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    Callable<Cost> loop =
        () -> {
          start.await();
          long thread = Thread.currentThread().getId();
          long blocked = waits(thread);
          long cpu = THREADS.getCurrentThreadCpuTime();
          if (run(load) == 0) {
            // The check keeps the JVM from removing the loop that counts nothing.
            throw new IllegalStateException("the loop did not run");
          }
          cpu = THREADS.getCurrentThreadCpuTime() - cpu;
          return new Cost(cpu / 1e3 / OPERATIONS, waits(thread) - blocked);
        };
    List<Future<Cost>> loops = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      loops.add(people.submit(loop));
    }
    double cpu = 0;
    long blocked = 0;
    for (Future<Cost> one : loops) {
      cpu += one.get().cpu / threads;
      blocked += one.get().blocked;
    }
    return new Cost(cpu, blocked);
  }

  /** Returns how often a thread waited for a monitor or for a lock of java.util.concurrent. */
  private static long waits(long thread) {
    ThreadInfo info = THREADS.getThreadInfo(thread);
    return info.getBlockedCount() + info.getWaitedCount();
  }

  private int run(Load load) {
    int sum = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      VisitorCode code = codes.get(i & 1_023);
      Outcome outcome = OUTCOMES[i % OUTCOMES.length];
      Variation variation = variations.get(i & 31);
      sum += code.value().length() + outcome.name().length() + variation.getKey().length();
      if (load == Load.REQUEST || load == Load.PAGE) {
        statistics.ended(outcome, code, user, "/shop/page");
      }
      if (load == Load.DECISION || load == Load.PAGE) {
        statistics.decided(variation);
      }
    }
    return sum;
  }
}
