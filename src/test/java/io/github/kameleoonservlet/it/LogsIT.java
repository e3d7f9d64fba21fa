package io.github.kameleoonservlet.it;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static io.github.kameleoonservlet.it.Shop.newUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.kameleoonservlet.internal.kameleoon.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the logs of two servers of the shop during faults, with every logger at INFO: lost races,
 * the database killed, the platform refusing events, erasures, invalid input. The logs contain no
 * visitor code, user id or secret.
 */
@Tag("tomcat")
@Tag("long")
class LogsIT {

  private static final int CROWD = 32;
  private static final List<String> SECRETS =
      List.of("s3cret-of-user-ids", "s3cret-of-client", "s3cret-of-database", "s3cret-token");
  private static final String PLANTED = "planted-by-nobody";

  private static final String EVERYTHING =
      """
      <configuration>
        <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%-5level %logger - %msg%n</pattern></encoder>
        </appender>
        <root level="INFO"><appender-ref ref="console"/></root>
      </configuration>
      """;

  @TempDir private Path directory;

  /** All texts that no log may contain. */
  private final Set<String> untold = new LinkedHashSet<>(SECRETS);

  private final List<Browser> browsers = new ArrayList<>();
  private Path logging;

  @BeforeEach
  void logEverything() throws IOException {
    logging = Files.writeString(directory.resolve("logback.xml"), EVERYTHING);
    untold.add(PLANTED);
  }

  @Test
  void logs_ofTwoServersInOutages_containNoCodeUserIdOrSecret() throws Exception {
    List<String> output;
    try (Platform platform = new Platform(0);
        PostgresServer postgres = PostgresServer.create(directory.resolve("data"))) {
      platform.configuration(okJson(Files.readString(Shop.DATA_FILE)));
      String jdbcUrl = ownRole(postgres);
      try (ShopProcess one = shop("one", platform, jdbcUrl);
          ShopProcess two = shop("two", platform, jdbcUrl)) {
        awaitDecisions(one);
        awaitDecisions(two);
        race(one, two);
        refuseEvents(platform, one);
        loseDatabase(postgres, one, two);
        sendNonsense(one);
        openStatus(one);
        erase(postgres);
        browsers.get(1).call("POST", "api/conversion", "{\"goalId\":1}");
        platform.tracking(500);
        browsers.get(2).open("cart");
        one.stop();
        two.stop();
        output = List.of(one.output(), two.output());
      }
    }
    for (String log : output) {
      assertThat(log)
          .contains("The Kameleoon visitor filter works with")
          .doesNotContain("No request reaches the filter");
    }
    assertThat(String.join("", output))
        .contains(
            "The visitor code store does not answer",
            "The visitor code store answers again.",
            "not delivered to Kameleoon before the application stopped");
    long lines = output.stream().flatMap(String::lines).count();
    List<String> told =
        untold.stream()
            .filter(value -> output.stream().anyMatch(log -> log.contains(value)))
            .toList();
    System.out.printf(
        "Logs of a bad hour: %d lines, %d values looked for, %d told%n",
        lines, untold.size(), told.size());
    assertThat(told).isEmpty();
    assertThat(untold).as("names and codes of the crowd").hasSizeGreaterThan(2 * CROWD);
  }

  private ShopProcess shop(String name, Platform platform, String jdbcUrl) {
    return ShopProcess.start(
        directory.resolve(name),
        Map.of(
            "KAMELEOON_SITE_CODE",
            Platform.SITE,
            "KAMELEOON_CLIENT_ID",
            "client",
            "KAMELEOON_CLIENT_SECRET",
            "s3cret-of-client",
            "KAMELEOON_JDBC_URL",
            jdbcUrl,
            "JAVA_TOOL_OPTIONS",
            "-Dlogback.configurationFile=" + logging + " " + Platform.trustOptions()),
        Map.of("userIdSecret", "s3cret-of-user-ids", "proxyHost", "127.0.0.1:" + platform.port()));
  }

  /**
   * Creates a database role with a password for the shop, and returns the JDBC URL for that role.
   */
  private static String ownRole(PostgresServer postgres) throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create role shop login password 's3cret-of-database'");
      statement.execute("grant all on schema public to shop");
    }
    return postgres.jdbcUrl().replaceFirst("\\?.*", "?user=shop&password=s3cret-of-database");
  }

  private static void awaitDecisions(ShopProcess shop) {
    Browser browser = new Browser(shop.base());
    await()
        .until(
            () -> browser.open("feature.jsp?key=spring-offer").text("variation-reason"),
            "ASSIGNED"::equals);
  }

  /**
   * Signs one new user in with many browsers, and many new users with one code, on both servers at
   * once.
   */
  private void race(ShopProcess one, ShopProcess two) {
    String user = newUser("user-1");
    List<String> users = IntStream.range(0, CROWD).mapToObj(i -> newUser("user-" + i)).toList();
    untold.add(user);
    untold.addAll(users);
    for (ShopProcess shop : List.of(one, two)) {
      browsers.addAll(Shop.manyBrowsersOf(shop.base(), user, CROWD / 2));
      browsers.addAll(Shop.manyUsersOf(shop.base(), newUser("shared"), half(users, shop == one)));
    }
    rememberCodes();
    Crowd.atOnce(browsers.size(), i -> browsers.get(i).open("cart"));
    browsers.forEach(Shop::home);
    rememberCodes();
  }

  private static List<String> half(List<String> users, boolean first) {
    return first ? users.subList(0, CROWD / 2) : users.subList(CROWD / 2, CROWD);
  }

  /** Sends conversions and exposures that the platform refuses. */
  private void refuseEvents(Platform platform, ShopProcess shop) {
    for (int status : List.of(401, 500)) {
      platform.tracking(status);
      Browser browser = new Browser(shop.base());
      browser.open("cart");
      assertThat(browser.call("POST", "api/conversion", "{\"goalId\":1}").status()).isEqualTo(204);
      browsers.add(browser);
      await()
          .until(
              () ->
                  platform.events().stream()
                      .anyMatch(event -> event.getResponse().getStatus() == status));
    }
    rememberCodes();
  }

  /** Signs old and new users in while the database is down, and again when the database is back. */
  private void loseDatabase(PostgresServer postgres, ShopProcess one, ShopProcess two) {
    postgres.kill();
    for (ShopProcess shop : List.of(one, two)) {
      Browser browser = new Browser(shop.base());
      String user = newUser("user-late");
      untold.add(user);
      browsers.add(browser);
      assertThat(browser.signIn(user).outcome()).isEqualTo("UNRESOLVED");
      assertThat(browser.call("GET", "api/visitorCode", null).status()).isEqualTo(503);
      assertThat(browser.call("DELETE", "api/visitor", null).status()).isEqualTo(503);
    }
    browsers.forEach(browser -> assertThat(browser.open("cart").status()).isEqualTo(200));
    postgres.start();
    browsers.forEach(Shop::home);
    rememberCodes();
  }

  private static void sendNonsense(ShopProcess shop) {
    Browser browser = new Browser(shop.base());
    assertThat(
            List.of(
                browser.call("POST", "api/syncVisitor", "{\"visitorCode\":\"<" + PLANTED + "\"}"),
                browser.call("POST", "api/syncVisitor", "{\"visitorCode\":" + PLANTED),
                browser.call(
                    "POST",
                    "api/variation",
                    "{\"featureKey\":7,\"visitorCode\":\"" + PLANTED + "\"}"),
                browser.fetchPost("api/conversion", PLANTED)))
        .as("it was read")
        .extracting(Page::status)
        .containsExactly(422, 400, 400, 400);
    Page page =
        RawRequest.get(
            shop.base(),
            List.of(
                Browser.COOKIE + "=" + PLANTED + "; " + Browser.COOKIE + "=other-" + PLANTED,
                Browser.COOKIE + "=<" + PLANTED + ">"));
    assertThat(page.code()).isEqualTo(PLANTED);
  }

  /** Opens the status with invalid parameters, and checks that the status shows no secret. */
  private void openStatus(ShopProcess shop) {
    Browser operator = new Browser(shop.base());
    operator.signIn("operator-1");
    browsers.add(operator);
    untold.add("operator-1");
    for (String path :
        List.of(
            "kameleoon/?code=" + PLANTED,
            "kameleoon/?code=%3C" + PLANTED + "&page=" + PLANTED,
            "kameleoon/status.json?code=" + PLANTED,
            "kameleoon/" + PLANTED)) {
      Page page = operator.open(path);
      assertThat(page.status()).isEqualTo(path.endsWith("/" + PLANTED) ? 404 : 200);
      SECRETS.forEach(secret -> assertThat(page.body()).doesNotContain(secret));
    }
    assertThat(operator.open("kameleoon/").body())
        .contains("init-param, environment variable KAMELEOON_CLIENT_SECRET");
    assertThat(operator.submitAndStay("kameleoon/preview", "token", PLANTED).status())
        .isEqualTo(403);
    rememberCodes();
  }

  /** Erases a user, after the test has noted the codes and keys of all users. */
  private void erase(PostgresServer postgres) throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select code, user_key from kameleoon_visitor_code where user_key is not null")) {
      while (rows.next()) {
        untold.add(rows.getString(1));
        untold.add(rows.getString(2));
      }
    }
    Browser erased = browsers.get(0);
    Page answer = Shop.answered(() -> erased.call("DELETE", "api/visitor", null));
    assertThat(answer.status()).isEqualTo(204);
    Shop.home(erased);
    rememberCodes();
  }

  private void rememberCodes() {
    browsers.stream().map(Browser::code).filter(Objects::nonNull).forEach(untold::add);
  }
}
