package io.github.kameleoonservlet.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/**
 * Compares the CPU of plain pages in four applications, in turns: without a filter, with a minimal
 * filter, with the SDK's own code for the cookie, and with the library's filter.
 */
final class FloorBenchmark {

  private static final double AT_MOST = 1.3;

  /** The applications, in the order of the table's columns. */
  private enum App {
    WITHOUT(BenchmarkServer.WITHOUT),
    MINIMAL(BenchmarkServer.MINIMAL),
    SDK(BenchmarkServer.SDK),
    WITH(BenchmarkServer.WITH);

    final String path;

    App(String path) {
      this.path = path;
    }
  }

  private final int port;
  private final ExecutorService people;

  FloorBenchmark(int port, ExecutorService people) {
    this.port = port;
    this.people = people;
  }

  /** Prints a table and a line for each goal. */
  void run(int warmUp, int turns) throws Exception {
    Map<Visit, Map<App, List<Browser>>> browsers = new EnumMap<>(Visit.class);
    Map<Visit, List<Map<App, ServerCost>>> measured = new EnumMap<>(Visit.class);
    for (Visit visit : List.of(Visit.WITH_CODE, Visit.NEW, Visit.KNOWN)) {
      browsers.put(visit, browsers(visit));
      measured.put(visit, new ArrayList<>());
    }
    for (int i = 0; i < warmUp + turns; i++) {
      for (Visit visit : browsers.keySet()) {
        Map<App, ServerCost> turn = turn(i, browsers.get(visit));
        if (i >= warmUp) {
          measured.get(visit).add(turn);
        }
      }
    }
    System.out.println(
        "| CPU of the server for a page | no filter | minimal filter | SDK's cookie | filter"
            + " | filter / minimal | more than minimal | more garbage than minimal |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    measured.forEach(FloorBenchmark::row);
    measured.forEach(
        (visit, costs) -> {
          Medians.goal(visit.title + ", filter / minimal filter", ratio(costs), true, AT_MOST);
          Medians.goal(
              visit.title + ", filter / SDK's cookie",
              Medians.of(costs, turn -> turn.get(App.WITH).cpu() / turn.get(App.SDK).cpu()),
              true,
              1);
        });
  }

  private Map<App, List<Browser>> browsers(Visit visit) throws IOException {
    Map<App, List<Browser>> browsers = new EnumMap<>(App.class);
    for (App app : App.values()) {
      Browser browser = new Browser(port, app.path + "/page", visit, 0);
      check(app, visit, browser.first());
      browsers.put(app, List.of(browser));
    }
    return browsers;
  }

  private Map<App, ServerCost> turn(int number, Map<App, List<Browser>> browsers) throws Exception {
    Map<App, ServerCost> turn = new EnumMap<>(App.class);
    for (int j = 0; j < App.values().length; j++) {
      // Each application is equally often the first, and the order is reversed every other time.
      int place = number % 2 == 0 ? j : App.values().length - 1 - j;
      App app = App.values()[(number / 2 + place) % App.values().length];
      turn.put(app, ServerCost.of(browsers.get(app), people));
    }
    return turn;
  }

  private static void check(App app, Visit visit, String head) throws IOException {
    boolean cookie = head.contains("Set-Cookie: kameleoonVisitorCode=");
    if (cookie != (app != App.WITHOUT)) {
      throw new IOException(app + ", " + visit.title + ": the visitor cookie is wrong\n" + head);
    }
  }

  private static void row(Visit visit, List<Map<App, ServerCost>> costs) {
    StringBuilder row = new StringBuilder("| " + visit.title);
    for (App app : App.values()) {
      row.append(String.format(Locale.ROOT, " | %.1f µs", cpu(costs, app)));
    }
    System.out.printf(
        Locale.ROOT,
        "%s | %.2f | %.1f µs | %.1f kB |%n",
        row,
        ratio(costs),
        Medians.of(costs, turn -> turn.get(App.WITH).cpu() - turn.get(App.MINIMAL).cpu()),
        Medians.of(costs, turn -> turn.get(App.WITH).garbage() - turn.get(App.MINIMAL).garbage())
            / 1000);
  }

  private static double cpu(List<Map<App, ServerCost>> costs, App app) {
    return Medians.of(costs, turn -> turn.get(app).cpu());
  }

  private static double ratio(List<Map<App, ServerCost>> costs) {
    return Medians.of(costs, turn -> turn.get(App.WITH).cpu() / turn.get(App.MINIMAL).cpu());
  }
}
