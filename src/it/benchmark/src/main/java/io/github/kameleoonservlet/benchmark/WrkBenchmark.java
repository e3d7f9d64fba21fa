package io.github.kameleoonservlet.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * Prints throughput and 99th percentile of the packaged sample in Tomcat, with the filter and with
 * the filter taken out of its web.xml, by {@code wrk}, in short turns. Each of both runs in a
 * separate JVM, and only one gets requests at a time. Does nothing without {@code wrk} or the WAR.
 */
public final class WrkBenchmark {

  private static final String SECONDS = "3s";
  private static final Pattern READY = Pattern.compile("The shop is ready: (\\S+)");
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
  private static final Pattern P99 = Pattern.compile("99%\\s+([\\d.]+)(us|ms|s)");
  private static final Pattern FILTER =
      Pattern.compile("<filter(-mapping)?>.*?</filter\\1>", Pattern.DOTALL);

  private static final String TEXT = "<p>Teas from the growers</p>\n".repeat(140);

  /** A script that requests pages as Chrome does, for a thousand visitors in turn. */
  private static final String VISITORS =
      """
      local requests = {}
      local next = 0
      init = function(arguments)
        for i = 1, 1000 do
          requests[i] = wrk.format("GET", nil, {
            ["Host"] = "localhost",
            ["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0",
            ["Accept"] = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            ["Sec-Fetch-Site"] = "same-origin",
            ["Sec-Fetch-Mode"] = "navigate",
            ["Sec-Fetch-Dest"] = "document",
            ["Cookie"] = "theme=dark; kameleoonVisitorCode=visitor" .. (100000000 + i)})
        end
      end
      request = function()
        next = next % 1000 + 1
        return requests[next]
      end
      """;

  private record Load(double rate, double p99) {}

  private record Turn(Load without, Load with) {}

  private WrkBenchmark() {}

  /**
   * Runs the benchmark, in 13 seconds for each turn.
   *
   * @param args the build directory, and the number of turns
   */
  public static void main(String[] args) throws Exception {
    Path target = Path.of(args[0]).toAbsolutePath();
    Path sample = target.resolve("sample/webapp-sample/target");
    if (!Files.isDirectory(sample.resolve("webapp-sample"))) {
      System.out.println("wrk: skipped, because the sample is not built: run mvn verify before");
    } else if (!isInstalled()) {
      System.out.println("wrk: skipped, because the program wrk is not installed");
    } else {
      Path folder = Files.createTempDirectory(target, "wrk");
      try {
        run(sample, folder, Integer.parseInt(args[1]));
      } finally {
        FileUtils.deleteDirectory(folder.toFile());
      }
    }
  }

  private static boolean isInstalled() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "wrk")));
  }

  private static void run(Path sample, Path folder, int turns) throws Exception {
    Path dataFile = BenchmarkDataFile.write(folder);
    Path script = Files.writeString(folder.resolve("visitors.lua"), VISITORS);
    List<Process> servers = new ArrayList<>();
    try {
      String without = start(sample, folder.resolve("without"), dataFile, false, servers);
      String with = start(sample, folder.resolve("with"), dataFile, true, servers);
      System.out.println();
      System.out.println("| sample, wrk -t1 -c4, two cores | without | with | throughput | p99 |");
      System.out.println("|---|---|---|---|---|");
      List<Turn> nothing = measure(script, without + "nothing.jsp", with + "nothing.jsp", turns);
      row("page that reads nothing", nothing);
      List<Turn> ten = measure(script, without + "ten.jsp", with + "ten.jsp", turns);
      row("page that reads ten features, read before", ten);
      Medians.goal("wrk, reads nothing, throughput", rate(nothing), false, 0.95);
      Medians.goal("wrk, reads nothing, p99", p99(nothing), true, 1.10);
      Medians.goal("wrk, reads ten, throughput", rate(ten), false, 0.90);
    } finally {
      for (Process server : servers) {
        // The server must end before its directory is deleted.
        server.destroyForcibly().waitFor();
      }
    }
  }

  private static String start(
      Path sample, Path home, Path dataFile, boolean filter, List<Process> servers)
      throws IOException, InterruptedException {
    Path shop = home.resolve("shop");
    copy(sample.resolve("webapp-sample"), shop);
    pages(shop, filter);
    Path log = home.resolve("log.txt");
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms256m",
            "-Xmx256m",
            "-Duser.home=" + home,
            "-cp",
            sample.resolve("test-classes") + File.pathSeparator + tomcat(),
            "io.github.kameleoonservlet.sample.SampleServer",
            shop.toString(),
            "0");
    java.environment().putAll(Map.of("KAMELEOON_DATA_FILE", dataFile.toString()));
    Process process = java.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    servers.add(process);
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    while (process.isAlive()) {
      Matcher ready = READY.matcher(Files.readString(log));
      if (ready.find()) {
        return ready.group(1);
      }
      Thread.sleep(100);
    }
    throw new IOException("the sample did not start:\n" + Files.readString(log));
  }

  /** Returns Tomcat from the class path of the benchmark. */
  private static String tomcat() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(jar -> Path.of(jar).getFileName().toString().matches("(tomcat|ecj)-.*"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file));
        Files.createDirectories(copy.getParent());
        if (!Files.isDirectory(file)) {
          Files.copy(file, copy);
        }
      }
    }
  }

  /** Adds both pages, which write the same number of characters with the filter and without. */
  private static void pages(Path shop, boolean filter) throws IOException {
    String head = "<%@ page contentType=\"text/html;charset=UTF-8\" session=\"false\" %>\n";
    StringBuilder ten = new StringBuilder(head);
    for (int i = 0; i < BenchmarkDataFile.FEATURES; i++) {
      String read = "${kameleoonVariations['" + BenchmarkDataFile.feature(i) + "'].id > 0}";
      ten.append("<p>").append(filter ? read : "${1 > 0}").append("</p>\n");
    }
    Files.writeString(shop.resolve("nothing.jsp"), head + TEXT);
    Files.writeString(shop.resolve("ten.jsp"), ten + TEXT);
    if (!filter) {
      Path xml = shop.resolve("WEB-INF/web.xml");
      Files.writeString(xml, FILTER.matcher(Files.readString(xml)).replaceAll(""));
    }
  }

  private static List<Turn> measure(Path script, String without, String with, int turns)
      throws Exception {
    List<Turn> measured = new ArrayList<>();
    for (int i = -2; i < turns; i++) {
      boolean withFirst = i % 2 == 0;
      Load first = load(script, withFirst ? with : without);
      Load second = load(script, withFirst ? without : with);
      if (i >= 0) {
        measured.add(withFirst ? new Turn(second, first) : new Turn(first, second));
      }
    }
    return measured;
  }

  private static Load load(Path script, String url) throws Exception {
    Process wrk =
        new ProcessBuilder(
                "wrk",
                "-t1",
                "-c4",
                "-d" + SECONDS,
                "--timeout",
                "30s",
                "--latency",
                "-s",
                script.toString(),
                url)
            .redirectErrorStream(true)
            .start();
    String output = new String(wrk.getInputStream().readAllBytes(), UTF_8);
    Matcher rate = RATE.matcher(output);
    Matcher p99 = P99.matcher(output);
    if (wrk.waitFor() != 0
        || output.contains("Non-2xx")
        || output.contains("Socket errors")
        || !rate.find()
        || !p99.find()) {
      throw new IOException(url + ":\n" + output);
    }
    double unit = Map.of("us", 1e-3, "ms", 1.0, "s", 1e3).get(p99.group(2));
    return new Load(Double.parseDouble(rate.group(1)), Double.parseDouble(p99.group(1)) * unit);
  }

  private static double rate(List<Turn> turns) {
    return Medians.of(turns, turn -> turn.with.rate / turn.without.rate);
  }

  private static double p99(List<Turn> turns) {
    return Medians.of(turns, turn -> turn.with.p99 / turn.without.p99);
  }

  private static void row(String title, List<Turn> turns) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %,.0f/s, p99 %.2f ms | %,.0f/s, p99 %.2f ms | %.2f | %.2f |%n",
        title,
        Medians.of(turns, turn -> turn.without.rate),
        Medians.of(turns, turn -> turn.without.p99),
        Medians.of(turns, turn -> turn.with.rate),
        Medians.of(turns, turn -> turn.with.p99),
        rate(turns),
        p99(turns));
  }
}
