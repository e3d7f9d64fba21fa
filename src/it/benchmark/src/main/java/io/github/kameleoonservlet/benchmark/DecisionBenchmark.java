package io.github.kameleoonservlet.benchmark;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.apache.commons.io.FileUtils;

/**
 * Prints the cost of one 50/50 decision with its exposure for the calling thread: with
 * LaunchDarkly's SDK, with Kameleoon's, and with this library, in turns in one JVM; the first read
 * of a visitor, and later reads of the same visitor. Fails if the library decides differently from
 * Kameleoon's SDK.
 */
public final class DecisionBenchmark {

  private static final double MOST = 3;
  private static final int VISITORS = 1_000;
  private static final int LATER_PASSES = 3;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * The cost of one read.
   *
   * @param cpu in microseconds
   * @param garbage in bytes
   */
  private record Cost(double cpu, double garbage) {}

  /**
   * The costs of a turn.
   *
   * @param keys a hash of all variation keys in their order
   */
  private record Reads(Cost first, Cost later, int keys) {}

  private DecisionBenchmark() {}

  /**
   * Runs the benchmark, in about half a minute.
   *
   * @param args a directory for files, and the number of turns
   */
  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory(Path.of(args[0]), "decisions");
    Path dataFile = BenchmarkDataFile.write(directory);
    int turns = Integer.parseInt(args[1]);
    try (LaunchDarklyDecider launchDarkly = new LaunchDarklyDecider(directory);
        SdkDecider sdk = new SdkDecider(dataFile);
        LibraryDecider library = new LibraryDecider(dataFile)) {
      print(List.of(launchDarkly, sdk, library), turns);
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
  }

  private static void print(List<Decider<?>> deciders, int turns) throws Exception {
    int warmUp = turns / 2 + 1;
    List<Reads[]> measured = new ArrayList<>();
    for (int i = 0; i < warmUp + turns; i++) {
      Reads[] turn = new Reads[deciders.size()];
      for (int j = 0; j < turn.length; j++) {
        int next = (i + j) % turn.length;
        turn[next] = read(deciders.get(next), i);
      }
      if (turn[1].keys != turn[2].keys) {
        throw new IllegalStateException("the library decides differently from the SDK");
      }
      if (i >= warmUp) {
        measured.add(turn);
      }
    }
    System.out.println();
    System.out.println(
        "| decision | first read | garbage | to LaunchDarkly | later read | garbage"
            + " | to LaunchDarkly, CPU | to LaunchDarkly, garbage |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (int j = 0; j < deciders.size(); j++) {
      row(deciders.get(j).title(), measured, j);
    }
    goal(measured, "later read, library / LaunchDarkly, CPU", turn -> ratio(turn, 2));
    goal(
        measured,
        "later read, library / LaunchDarkly, garbage",
        turn -> turn[2].later.garbage / turn[0].later.garbage);
    System.out.printf(
        Locale.ROOT,
        "first read, library / Kameleoon's SDK: CPU %.2f, garbage %.2f%n",
        Medians.of(measured, turn -> turn[2].first.cpu / turn[1].first.cpu),
        Medians.of(measured, turn -> turn[2].first.garbage / turn[1].first.garbage));
  }

  private static void goal(List<Reads[]> measured, String title, ToDoubleFunction<Reads[]> ratio) {
    Medians.goal(title, Medians.of(measured, ratio), true, MOST);
  }

  private static void row(String title, List<Reads[]> measured, int index) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f µs | %.1f kB | %.1f | %.2f µs | %.2f kB | %.1f | %.1f |%n",
        title,
        Medians.of(measured, turn -> turn[index].first.cpu),
        Medians.of(measured, turn -> turn[index].first.garbage) / 1000,
        Medians.of(measured, turn -> turn[index].first.cpu / turn[0].first.cpu),
        Medians.of(measured, turn -> turn[index].later.cpu),
        Medians.of(measured, turn -> turn[index].later.garbage) / 1000,
        Medians.of(measured, turn -> ratio(turn, index)),
        Medians.of(measured, turn -> turn[index].later.garbage / turn[0].later.garbage));
  }

  private static double ratio(Reads[] turn, int index) {
    return turn[index].later.cpu / turn[0].later.cpu;
  }

  private static <V> Reads read(Decider<V> decider, int turn) throws Exception {
    List<V> visitors = new ArrayList<>();
    for (int i = 0; i < VISITORS; i++) {
      visitors.add(decider.visitor("visitor" + (100_000_000 + turn * VISITORS + i)));
    }
    int[] keys = new int[1];
    Cost first = cost(decider, visitors, 1, keys);
    Cost later = cost(decider, visitors, LATER_PASSES, keys);
    return new Reads(first, later, keys[0]);
  }

  private static <V> Cost cost(Decider<V> decider, List<V> visitors, int passes, int[] keys)
      throws Exception {
    long garbage = THREADS.getCurrentThreadAllocatedBytes();
    long cpu = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < passes; i++) {
      for (V visitor : visitors) {
        keys[0] = 31 * keys[0] + decider.decide(visitor).hashCode();
      }
    }
    double reads = passes * VISITORS;
    cpu = THREADS.getCurrentThreadCpuTime() - cpu;
    garbage = THREADS.getCurrentThreadAllocatedBytes() - garbage;
    return new Cost(cpu / 1e3 / reads, garbage / reads);
  }
}
