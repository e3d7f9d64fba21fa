package io.github.kameleoonservlet.it;

import static io.github.kameleoonservlet.it.Shop.newUser;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the shop under load on a PostgreSQL server that stops and comes back. */
@Tag("tomcat")
@Tag("long")
class StoreOutageIT {

  private static final int GROUPS = 6;
  private static final int DEFAULT_TIMEOUT_MILLIS = 250;

  /** Replaces the driver's ten seconds, so that a pause soon exceeds the socket time-out. */
  private static final int SOCKET_TIMEOUT_SECONDS = 3;

  @TempDir private static Path directory;

  private static PostgresServer postgres;
  private static ShopProcess shop;

  enum Outage {
    /** Connections stay open, the port accepts new ones, and the server does not respond. */
    PAUSED,
    /** Connections break, and the port refuses. */
    KILLED,
    /** The server closes its connections, then the port refuses. */
    STOPPED;

    void begin() {
      switch (this) {
        case PAUSED -> postgres.pause();
        case KILLED -> postgres.kill();
        case STOPPED -> postgres.stop();
      }
    }

    void end() {
      if (this == PAUSED) {
        postgres.goOn();
      } else {
        postgres.start();
      }
    }
  }

  @BeforeAll
  static void start() {
    postgres = PostgresServer.create(directory.resolve("data"));
    shop = shop("shop", Map.of());
  }

  @AfterAll
  static void stop() {
    shop.close();
    postgres.close();
  }

  /** Starts a shop without a cache, so that every page of a user reads the database. */
  private static ShopProcess shop(String name, Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("cacheSize", "0");
    String url = postgres.jdbcUrl() + "&socketTimeout=" + SOCKET_TIMEOUT_SECONDS;
    return ShopProcess.start(directory.resolve(name), Map.of("KAMELEOON_JDBC_URL", url), all);
  }

  @ParameterizedTest
  @EnumSource
  void database_lostUnderLoad_failsNoPageAndChangesNoLink(Outage outage) throws Exception {
    Customers customers = Customers.at(shop.base(), GROUPS);
    Browser operator = new Browser(shop.base());
    operator.signIn("operator-1");
    int during;
    String log;
    try (customers) {
      customers.awaitCodes();
      int before = customers.withoutCode();
      int said = shop.output().length();
      outage.begin();
      try {
        customers.awaitNoCode();
        customers.awaitTwoRounds();
        assertThat(health()).isEqualTo("DOWN");
        assertThat(operator.open("kameleoon/").body()).contains("mark bad\">DOWN", ">ongoing<");
        if (outage == Outage.PAUSED) {
          // Twice the time that the driver waits for a response.
          Thread.sleep(Duration.ofSeconds(2 * SOCKET_TIMEOUT_SECONDS).toMillis());
        }
        during = customers.withoutCode() - before;
      } finally {
        outage.end();
      }
      customers.awaitCodes();
      assertThat(health()).isEqualTo("REACHABLE");
      assertThat(operator.open("kameleoon/").body())
          .contains("mark good\">REACHABLE", "<th scope=\"row\">STORE</th>")
          .doesNotContain(">ongoing<");
      log = shop.output().substring(said);
    }
    Links links = Links.read();
    long changed = links.changed(customers.codesShown());
    System.out.printf(
        "Database %s: %d pages, failed %d, without a code while it lasted %d, links changed %d,"
            + " codes shared %d, lines in the log %d, slowest page %.1f times storeTimeoutMillis%n",
        outage,
        customers.pages(),
        customers.failed(),
        during,
        changed,
        links.shared(),
        log.lines().count(),
        (double) customers.longest().toMillis() / DEFAULT_TIMEOUT_MILLIS);
    customers.assertServed();
    assertThat(changed).as("links changed").isZero();
    assertThat(links.shared()).as("codes shared").isZero();
    assertThat(customers.codesShown()).as("customers").hasSizeGreaterThan(GROUPS);
    assertThat(during).as("pages without a code").isPositive();
    assertSaidBriefly(log);
    assertThat(log).doesNotContain("user-");
    customers.codesShown().values().forEach(codes -> assertThat(log).doesNotContain(codes));
  }

  /** Returns what load balancers see of the store; the status stays UP. */
  private static String health() {
    Page health = new Browser(shop.base()).open("kameleoon/health");
    assertThat(health.status()).isEqualTo(200);
    assertThat(health.json("status")).isEqualTo("UP");
    return health.json("store");
  }

  /** The rows of the database: a key and a code in each. */
  private record Links(List<String> keys, List<String> codes) {

    static Links read() throws SQLException {
      Links links = new Links(new ArrayList<>(), new ArrayList<>());
      try (Connection connection = postgres.connect();
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery("select user_key, code from kameleoon_visitor_code")) {
        while (rows.next()) {
          links.keys.add(rows.getString(1));
          links.codes.add(rows.getString(2));
        }
      }
      return links;
    }

    /**
     * Returns the number of users who got another code than the stored one, or who have two codes.
     */
    long changed(Map<String, Set<String>> codesShown) {
      return codesShown.entrySet().stream()
          .filter(shown -> !List.copyOf(shown.getValue()).equals(codesOf(sha256(shown.getKey()))))
          .count();
    }

    private List<String> codesOf(String key) {
      return IntStream.range(0, keys.size())
          .filter(row -> keys.get(row).equals(key))
          .mapToObj(codes::get)
          .toList();
    }

    /** Returns the number of codes that belong to two users. */
    long shared() {
      return codes.size() - codes.stream().distinct().count();
    }
  }

  private static String sha256(String user) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(user.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Asserts that the log contains only the start and the end of the outage. On a slow machine the
   * log may contain both twice.
   */
  private static void assertSaidBriefly(String log) {
    String down =
        " WARN  i.g.k.i.g.GuardedVisitorCodeStore - The visitor code store does not answer";
    String back = " INFO  i.g.k.i.g.GuardedVisitorCodeStore - The visitor code store answers again";
    // The pool logs one line for each connection that broke while the connection was idle.
    String idle = "Failed to validate connection";
    assertThat(log).contains(down, back);
    assertThat(log.lines())
        .hasSizeLessThan(20)
        .allMatch(line -> Stream.of(down, back, idle).anyMatch(line::contains));
  }

  @Test
  void database_paused_delaysFewPagesOnce() {
    int timeoutMillis = 2_000;
    int pages = 40;
    int later = 6;
    Duration timeout = Duration.ofMillis(timeoutMillis);
    Map<String, String> settings = Map.of("storeTimeoutMillis", String.valueOf(timeoutMillis));
    try (ShopProcess patient = shop("patient", settings)) {
      Browser browser = new Browser(patient.base());
      Shop.signIn(browser, newUser("user-1"));
      Duration waited = Duration.ZERO;
      long laterWaits;
      postgres.pause();
      try {
        for (int i = 0; i < pages; i++) {
          waited = waited.plus(timeToOpen(browser));
        }
        laterWaits =
            IntStream.range(0, later)
                .filter(
                    i -> {
                      // Longer than the interval between two probes of the database.
                      sleep(Duration.ofMillis(1_200));
                      return timeToOpen(browser).compareTo(timeout) >= 0;
                    })
                .count();
      } finally {
        postgres.goOn();
      }
      assertThat(Shop.home(browser).outcome()).isEqualTo("RECOGNIZED");
      System.out.printf(
          "Database paused: %d pages one after the other waited %.1f times storeTimeoutMillis in"
              + " all; of %d later ones, one a second, %d waited%n",
          pages, (double) waited.toMillis() / timeoutMillis, later, laterWaits);
      assertThat(waited).isBetween(timeout, timeout.multipliedBy(pages / 2));
      assertThat(laterWaits).isLessThan(later / 2);
    }
  }

  private static Duration timeToOpen(Browser browser) {
    long begin = System.nanoTime();
    Page page = browser.open("");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.outcome()).isEqualTo("UNRESOLVED");
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
