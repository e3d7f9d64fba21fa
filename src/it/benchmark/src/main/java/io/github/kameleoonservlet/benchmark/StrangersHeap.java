package io.github.kameleoonservlet.benchmark;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.util.Locale;

/**
 * Prints the growth of the heap during requests without a cookie, each of which reads one feature,
 * and whether the heap shrinks again. Nearly all requests of robots have no cookie.
 */
final class StrangersHeap {

  private static final double MOST_MEGABYTES = 20;
  private static final int COLLECTIONS = 5;
  private static final int LATER_SECONDS = 10;

  private final int port;

  StrangersHeap(int port) {
    this.port = port;
  }

  void run(int strangers) throws IOException, InterruptedException {
    String path = BenchmarkServer.WITH + "/page?reads=1";
    try (Browser browser = new Browser(port, path, Visit.NEW, 0)) {
      browser.call();
      double before = heap();
      for (int sent = 0; sent < strangers; sent += Browser.REQUESTS) {
        browser.call();
      }
      double after = heap();
      SECONDS.sleep(LATER_SECONDS);
      browser.call();
      double later = heap();
      System.out.println();
      System.out.println(
          "| strangers | heap before | more after | more " + LATER_SECONDS + " s later |");
      System.out.println("|---|---|---|---|");
      System.out.printf(
          Locale.ROOT,
          "| %,d | %.1f MB | %.1f MB | %.1f MB |%n",
          strangers,
          before,
          after - before,
          later - before);
      Medians.goal("strangers, growth of the heap in MB", after - before, true, MOST_MEGABYTES);
    }
  }

  /** Returns the used heap after full collections, in megabytes. */
  private static double heap() throws InterruptedException {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      // A collection only detects objects such as weak references as unreachable; the next one
      // frees them.
      SECONDS.sleep(1);
    }
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / 1e6;
  }
}
