package io.github.kameleoonservlet.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.apache.commons.io.FileUtils;

/**
 * Prints the cost of the filter: sends the same requests to the same application with the filter
 * and without it, over keep-alive connections, in short turns, so that a busy machine disturbs both
 * alike. Each figure is the median of all pairs of turns.
 */
public final class FilterBenchmark {

  private record Turn(ServerCost without, ServerCost with) {}

  private final ExecutorService people = Executors.newFixedThreadPool(Visit.CROWD);

  private FilterBenchmark() {}

  /**
   * Runs the benchmark, in about three minutes.
   *
   * @param args a directory for files, the number of turns, the number of strangers, and the parts
   */
  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory(Path.of(args[0]), "benchmark");
    int turns = Integer.parseInt(args[1]);
    List<String> parts = List.of(args[3].split(","));
    FilterBenchmark benchmark = new FilterBenchmark();
    try {
      if (parts.contains("floor")) {
        // With many threads the scheduling of the threads would cost more than a plain filter.
        try (BenchmarkServer server = new BenchmarkServer(directory, 2)) {
          new FloorBenchmark(server.port(), benchmark.people).run(turns, 2 * turns);
        }
      }
      try (BenchmarkServer server = new BenchmarkServer(directory, Visit.CROWD)) {
        if (parts.contains("table")) {
          benchmark.run(server.port(), turns / 3 + 1, turns);
        }
        if (parts.contains("strangers")) {
          new StrangersHeap(server.port()).run(Integer.parseInt(args[2]));
        }
      }
    } finally {
      benchmark.people.shutdown();
      FileUtils.deleteDirectory(directory.toFile());
    }
  }

  private void run(int port, int warmUp, int count) throws Exception {
    Map<Visit, List<Browser>> without = browsers(port, visit -> visit.base);
    Map<Visit, List<Browser>> with = browsers(port, visit -> visit.path);
    Map<Visit, List<Turn>> turns = new EnumMap<>(Visit.class);
    for (int i = 0; i < warmUp + count; i++) {
      for (Visit visit : Visit.values()) {
        boolean withFirst = i % 2 == 0;
        ServerCost first = ServerCost.of((withFirst ? with : without).get(visit), people);
        ServerCost second = ServerCost.of((withFirst ? without : with).get(visit), people);
        if (i >= warmUp) {
          turns
              .computeIfAbsent(visit, none -> new ArrayList<>())
              .add(withFirst ? new Turn(second, first) : new Turn(first, second));
        }
      }
    }
    System.out.println();
    System.out.println("| request | without | with | ratio | more CPU | more garbage |");
    System.out.println("|---|---|---|---|---|---|");
    turns.forEach(
        (visit, measured) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %.0f µs | %.0f µs | %.2f | %.1f µs | %.1f kB |%n",
                visit.title,
                Medians.of(measured, turn -> turn.without.time()),
                Medians.of(measured, turn -> turn.with.time()),
                Medians.of(measured, turn -> turn.with.time() / turn.without.time()),
                Medians.of(measured, turn -> turn.with.cpu() - turn.without.cpu()),
                Medians.of(measured, turn -> turn.with.garbage() - turn.without.garbage()) / 1000));
  }

  private static Map<Visit, List<Browser>> browsers(int port, Function<Visit, String> path)
      throws IOException {
    Map<Visit, List<Browser>> browsers = new EnumMap<>(Visit.class);
    for (Visit visit : Visit.values()) {
      List<Browser> some = new ArrayList<>();
      for (int i = 0; i < visit.browsers(); i++) {
        some.add(new Browser(port, path.apply(visit), visit, i));
      }
      browsers.put(visit, some);
    }
    return browsers;
  }
}
