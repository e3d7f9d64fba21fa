package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests a web app with its own persistence, of each kind, and without exclusions. */
class PersistenceTest {

  private static final String HIBERNATE_5 =
      "(hibernate-core|hibernate-commons|javax\\.persistence)";
  private static final String ECLIPSELINK = "(org\\.eclipse\\.persistence|jakarta\\.persistence)";

  @TempDir private Path home;
  private final Tomcat tomcat = new Tomcat();
  private final Complaints complaints = new Complaints();

  @BeforeEach
  void listen() {
    Logger.getLogger("").addHandler(complaints);
  }

  @AfterEach
  void stop() throws Exception {
    Logger.getLogger("").removeHandler(complaints);
    System.clearProperty("shop.unit");
    tomcat.stop();
    tomcat.destroy();
  }

  /** Even without a provider {@code persistence.xml} names the database. */
  @ParameterizedTest(name = "{0}, persistenceUnit={1}")
  @CsvSource({
    "hibernate5 jdbc, archive",
    "eclipselink jdbc, shop",
    "hibernate5 eclipselink jdbc, archive",
    "hibernate5 eclipselink jdbc, shop",
    "jdbc, shop"
  })
  void user_inTwoBrowsers_hasOneCodeAndApplicationKeepsOrders(String ways, String unit)
      throws Exception {
    start(ways, unit);
    HttpClient one = browser();
    HttpClient other = browser();
    String code = code(one);
    assertNotEquals(code, code(other));
    for (String way : ways.split(" ")) {
      assertTrue(open(one, "?order=" + way).endsWith(" 1"), way);
      assertTrue(open(other, "?order=" + way).endsWith(" 2"), way);
    }

    open(one, "?user=user-1");
    assertEquals(code, resolved(one));
    open(other, "?user=user-1");
    assertEquals(code, resolved(other));
    assertEquals(List.of(), complaints.lines);
  }

  private void start(String ways, String unit) throws Exception {
    System.setProperty("shop.unit", unit);
    Path webApp = home.resolve("shop");
    copy(Path.of(System.getProperty("shop.webapp")), webApp);
    if (!ways.contains("hibernate5")) {
      delete(webApp, HIBERNATE_5);
    }
    if (!ways.contains("eclipselink")) {
      delete(webApp, ECLIPSELINK);
    }
    Connector connector = new Connector();
    connector.setProperty("address", "127.0.0.1");
    connector.setPort(0);
    tomcat.setBaseDir(home.toString());
    tomcat.setConnector(connector);
    var shop = (StandardContext) tomcat.addWebapp("", webApp.toString());
    tomcat.start();
    assertEquals(LifecycleState.STARTED, shop.getState());
  }

  private static void delete(Path webApp, String names) throws IOException {
    try (Stream<Path> libraries = Files.list(webApp.resolve("WEB-INF/lib"))) {
      List<Path> found =
          libraries
              .filter(library -> library.getFileName().toString().matches(names + ".*"))
              .toList();
      assertTrue(found.size() > 1, found::toString);
      for (Path library : found) {
        Files.delete(library);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static HttpClient browser() {
    return HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  }

  private String code(HttpClient browser) throws Exception {
    return open(browser, "").split(" ")[0];
  }

  /** Opens the page until the store has answered, which can take longer on a slow machine. */
  private String resolved(HttpClient browser) throws Exception {
    for (int attempt = 0; attempt < 600; attempt++) {
      String[] page = open(browser, "").split(" ");
      if (!page[1].equals("UNRESOLVED")) {
        return page[0];
      }
      Thread.sleep(100);
    }
    throw new AssertionError("the store does not answer: " + complaints.lines);
  }

  private String open(HttpClient browser, String query) throws Exception {
    int port = tomcat.getConnector().getLocalPort();
    HttpRequest page =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/orders" + query)).build();
    var answer = browser.send(page, BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }

  /** The library's lines at SEVERE, to which java.util.logging maps ERROR. */
  private static final class Complaints extends Handler {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      if (line.getLevel() == Level.SEVERE
          && String.valueOf(line.getLoggerName()).startsWith("io.github.kameleoonservlet.")) {
        lines.add(line.getMessage());
      }
    }

    @Override
    public void flush() {
      // Nothing is buffered.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
