package io.github.kameleoonservlet.benchmark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.management.ThreadMXBean;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Prints what the filter costs: the same requests to the same application with it and without it,
 * over keep-alive connections, in short turns, so that a busy machine disturbs both alike. Each
 * figure is the median of all pairs of turns.
 */
public final class FilterBenchmark {

  private static final int WARM_UP = 15;
  private static final int TURNS = 40;
  private static final int REQUESTS = 960;
  private static final int CROWD = 64;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private enum Visit {
    WITH_CODE("anonymous, with a code", "/page"),
    NEW("anonymous, new", "/page"),
    KNOWN("signed in, code cached", "/page"),
    STATIC_FILE("static file", "/css/shop.css"),
    ONE("page that reads one variation", "/page?reads=1"),
    TEN("page that reads ten variations", "/page?reads=" + TwinApplications.FEATURES),
    CROWDED("page that reads one, " + CROWD + " requests at once", "/page?reads=1"),
    SEGMENT("one with a segment, compared with one without", "/page?reads=1", "/page?segment=1"),
    LARGE(
        "the same, with 8 kB of User-Agent and of URL and with 200 cookies",
        "/page?reads=1",
        "/page?segment=1");

    final String title;

    /** The page without the filter, or with the filter and without a segment. */
    final String base;

    final String path;

    Visit(String title, String path) {
      this.title = title;
      this.base = TwinApplications.WITHOUT + path;
      this.path = TwinApplications.WITH + path;
    }

    Visit(String title, String base, String path) {
      this.title = title;
      this.base = TwinApplications.WITH + base;
      this.path = TwinApplications.WITH + path;
    }

    int browsers() {
      return this == CROWDED ? CROWD : 1;
    }
  }

  /**
   * What a request took.
   *
   * @param time until the answer was read, in microseconds
   * @param cpu of the server's threads, in microseconds
   * @param garbage of the server's threads, in bytes
   */
  private record Cost(double time, double cpu, double garbage) {}

  private record Turn(Cost without, Cost with) {}

  private final ExecutorService people = Executors.newFixedThreadPool(CROWD);

  private FilterBenchmark() {}

  /** Takes about a minute and a half. */
  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory(Path.of(args[0]), "benchmark");
    FilterBenchmark benchmark = new FilterBenchmark();
    try (TwinApplications twins = new TwinApplications(directory.toAbsolutePath(), CROWD)) {
      benchmark.run(twins.port());
    } finally {
      benchmark.people.shutdown();
    }
  }

  private void run(int port) throws Exception {
    Map<Visit, List<Browser>> without = browsers(port, visit -> visit.base);
    Map<Visit, List<Browser>> with = browsers(port, visit -> visit.path);
    Map<Visit, List<Turn>> turns = new EnumMap<>(Visit.class);
    for (int i = 0; i < WARM_UP + TURNS; i++) {
      for (Visit visit : Visit.values()) {
        boolean withFirst = i % 2 == 0;
        Cost first = measure((withFirst ? with : without).get(visit));
        Cost second = measure((withFirst ? without : with).get(visit));
        if (i >= WARM_UP) {
          turns
              .computeIfAbsent(visit, none -> new ArrayList<>())
              .add(withFirst ? new Turn(second, first) : new Turn(first, second));
        }
      }
    }
    System.out.println("| request | without | with | ratio | more CPU | more garbage |");
    System.out.println("|---|---|---|---|---|---|");
    turns.forEach(
        (visit, measured) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %.0f µs | %.0f µs | %.2f | %.1f µs | %.1f kB |%n",
                visit.title,
                median(measured, turn -> turn.without.time),
                median(measured, turn -> turn.with.time),
                median(measured, turn -> turn.with.time / turn.without.time),
                median(measured, turn -> turn.with.cpu - turn.without.cpu),
                median(measured, turn -> turn.with.garbage - turn.without.garbage) / 1000));
  }

  private static double median(List<Turn> turns, ToDoubleFunction<Turn> figure) {
    double[] sorted = turns.stream().mapToDouble(figure).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
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

  private Cost measure(List<Browser> browsers) throws Exception {
    long[] workers =
        Arrays.stream(THREADS.dumpAllThreads(false, false))
            .filter(thread -> thread.getThreadName().contains("-exec-"))
            .mapToLong(ThreadInfo::getThreadId)
            .toArray();
    long garbage = Arrays.stream(THREADS.getThreadAllocatedBytes(workers)).sum();
    long cpu = Arrays.stream(THREADS.getThreadCpuTime(workers)).sum();
    long began = System.nanoTime();
    for (Future<?> sent : people.invokeAll(browsers)) {
      sent.get();
    }
    long time = System.nanoTime() - began;
    cpu = Arrays.stream(THREADS.getThreadCpuTime(workers)).sum() - cpu;
    garbage = Arrays.stream(THREADS.getThreadAllocatedBytes(workers)).sum() - garbage;
    return new Cost(time / 1e3 / REQUESTS, cpu / 1e3 / REQUESTS, (double) garbage / REQUESTS);
  }

  /** A keep-alive connection, and requests as Chrome sends them, those of many visitors in turn. */
  private static final class Browser implements Callable<Void> {

    private static final int VISITORS = REQUESTS;
    private static final int LARGE = 8_000;
    private static final String MANY_COOKIES =
        IntStream.range(0, 196)
            .mapToObj(i -> "cookie" + i + "=value" + i + "; ")
            .collect(Collectors.joining());
    private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: (\\d+)\r\n");
    private static final Pattern SESSION = Pattern.compile("JSESSIONID=\\w+");

    private final Socket socket;
    private final InputStream answers;
    private final List<byte[]> requests = new ArrayList<>();

    Browser(int port, String path, Visit visit, int number) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      answers = new BufferedInputStream(socket.getInputStream(), 16_384);
      String cookies = "_ga=GA1.1.1234567890.1234567890; theme=dark";
      if (visit == Visit.KNOWN) {
        cookies += "; kameleoonVisitorCode=known00000000001";
        Matcher session = SESSION.matcher(send(request(path + "?user=user-1", cookies, visit)));
        cookies += session.find() ? "; " + session.group() : "";
      }
      for (int i = 0; i < VISITORS / visit.browsers(); i++) {
        boolean coded = visit != Visit.KNOWN && visit != Visit.NEW;
        String code = "; kameleoonVisitorCode=visitor" + (100_000_000 + number * VISITORS + i);
        requests.add(request(path, coded ? cookies + code : cookies, visit));
      }
    }

    private static byte[] request(String path, String cookies, Visit visit) {
      boolean large = visit == Visit.LARGE;
      return String.join(
              "\r\n",
              "GET " + path + (large ? "&more=" + "x".repeat(LARGE) : "") + " HTTP/1.1",
              "Host: localhost",
              "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
                  + " Chrome/140.0.0.0 Safari/537.36"
                  + (large ? " Shop/1.0".repeat(LARGE / 9) : ""),
              "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
              "Accept-Language: en",
              "Sec-Fetch-Site: same-origin",
              "Sec-Fetch-Mode: navigate",
              "Sec-Fetch-Dest: document",
              "Cookie: " + (large ? MANY_COOKIES : "") + cookies,
              "",
              "")
          .getBytes(ISO_8859_1);
    }

    @Override
    public Void call() throws IOException {
      for (byte[] request : requests) {
        send(request);
      }
      return null;
    }

    private String send(byte[] request) throws IOException {
      socket.getOutputStream().write(request);
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
        int next = answers.read();
        if (next < 0) {
          throw new EOFException(head.toString());
        }
        head.append((char) next);
      }
      Matcher length = LENGTH.matcher(head);
      if (!head.toString().startsWith("HTTP/1.1 200") || !length.find()) {
        throw new IOException(head.toString());
      }
      answers.skipNBytes(Integer.parseInt(length.group(1)));
      return head.toString();
    }
  }
}
