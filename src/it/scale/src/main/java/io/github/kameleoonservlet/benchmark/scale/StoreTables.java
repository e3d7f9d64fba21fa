package io.github.kameleoonservlet.benchmark.scale;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** Prints the cost of the store with few and with many links, measured in turns. */
final class StoreTables {

  private static final String SMALL = "small";
  private static final String LARGE = "large";
  private static final double GOAL = 1.5;
  private static final int STARTS = 5;

  private final ScaleDatabase database;
  private final Path directory;
  private final long few;
  private final long many;

  /**
   * Creates the tables.
   *
   * @param directory contains all files of the database
   */
  StoreTables(ScaleDatabase database, Path directory, long few, long many) {
    this.database = database;
    this.directory = directory;
    this.few = few;
    this.many = many;
  }

  /** Loads both sets from files that the caller has written. */
  void load(Path fewCsv, Path manyCsv) throws SQLException, IOException {
    database.load(SMALL, few, fewCsv);
    long began = System.nanoTime();
    database.load(LARGE, many, manyCsv);
    System.out.printf(
        Locale.ROOT,
        "%n## %s%n%nLoaded %,d links in %.0f s. Bytes for each link: %s%n",
        database.product(),
        many,
        (System.nanoTime() - began) / 1e9,
        database.size(LARGE, many));
  }

  /** Prints the tables, and fails if a result is wrong. */
  void measure() throws SQLException, IOException {
    database.stop();
    database.start();
    head();
    calls();
    database.stop();
    database.start();
    finds("cold find after a restart of the database");
    database.stop();
    boolean forgotten = SystemCache.forget(directory);
    database.start();
    if (forgotten) {
      finds("cold find, no file in memory");
    }
    starts();
    database.stop();
    if (database.startInMemory(many, SMALL, LARGE)) {
      head();
      calls();
    }
  }

  private void head() throws SQLException {
    System.out.printf(
        Locale.ROOT,
        "%nThe database's own cache: %s%n%n| | | %,d links | %,d links | ratio |%n%s%n",
        database.cache(LARGE),
        few,
        many,
        "|---|---|---|---|---|");
  }

  private LinkedStore open(String set) throws SQLException {
    return new LinkedStore(database, set, database.count(set));
  }

  private void calls() throws SQLException {
    try (LinkedStore small = open(SMALL);
        LinkedStore large = open(LARGE)) {
      // The calls compile the code, and fill the database's cache up to its size.
      Times.inTurns(20, 200, small::find, large::find);
      print("cold find", Times.inTurns(50, 200, small::find, large::find));
      Times.inTurns(10, 10, small::link, large::link);
      print("first link", Times.inTurns(40, 20, small::link, large::link));
      System.out.printf(
          Locale.ROOT,
          "| cold finds a second, of 8 threads | | %,d | %,d | |%n",
          Crowd.findsASecond(small),
          Crowd.findsASecond(large));
      check(small, SMALL);
      check(large, LARGE);
    }
  }

  private void finds(String call) throws SQLException {
    try (LinkedStore small = open(SMALL);
        LinkedStore large = open(LARGE)) {
      print(call, Times.inTurns(20, 50, small::find, large::find));
    }
  }

  private void starts() {
    StartedFilter smallFilter = new StartedFilter(database, SMALL);
    StartedFilter largeFilter = new StartedFilter(database, LARGE);
    Times.inTurns(2, 1, smallFilter::once, largeFilter::once);
    print(
        "start of the filter, to the first page",
        Times.inTurns(STARTS, 1, smallFilter::once, largeFilter::once));
    System.out.printf(
        "| heap of the filter after its first page | | %s | %s | |%n",
        smallFilter.megabytes(), largeFilter.megabytes());
  }

  private static void print(String call, List<Times> times) {
    for (double quantile : new double[] {0.5, 0.99}) {
      double small = times.get(0).micros(quantile);
      double large = times.get(1).micros(quantile);
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %.0f µs | %.0f µs | %.2f%s |%n",
          call,
          quantile == 0.5 ? "median" : "p99",
          small,
          large,
          large / small,
          large / small > GOAL ? " (goal " + GOAL + ")" : "");
    }
  }

  /** Checks the links through the store, and in the store's table. */
  private void check(LinkedStore store, String set) throws SQLException {
    store.checkLinks();
    if (database.count(set) != store.links()) {
      throw new WrongResultException(
          "the table has " + database.count(set) + " links, not " + store.links());
    }
  }
}
