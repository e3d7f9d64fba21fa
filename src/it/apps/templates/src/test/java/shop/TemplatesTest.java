package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests pages of template engines, with a data file and while the platform is down. */
class TemplatesTest {

  @TempDir private static Path home;
  private static final Tomcat TOMCAT = new Tomcat();
  private static Context shop;

  @BeforeAll
  static void start() throws Exception {
    Connector connector = new Connector();
    connector.setProperty("address", "127.0.0.1");
    connector.setPort(0);
    TOMCAT.setBaseDir(home.toString());
    TOMCAT.setConnector(connector);
    shop = TOMCAT.addWebapp("", System.getProperty("shop.webapp"));
    shop.addParameter("kameleoon.dataFile", System.getProperty("shop.dataFile"));
    Context waiting = TOMCAT.addWebapp("/waiting", System.getProperty("shop.webapp"));
    waiting.addParameter("kameleoon.siteCode", "tndueuutdq");
    waiting.addParameter("kameleoon.clientId", "nobody");
    waiting.addParameter("kameleoon.clientSecret", "nothing");
    // No server listens on this port, and no call leaves the machine.
    waiting.addParameter("kameleoon.proxyHost", "127.0.0.1:1");
    TOMCAT.start();
    assertEquals(LifecycleState.STARTED, shop.getState());
    assertEquals(LifecycleState.STARTED, waiting.getState());
  }

  @AfterAll
  static void stop() throws Exception {
    TOMCAT.stop();
    TOMCAT.destroy();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "freemarker",
        "freemarker-default",
        "thymeleaf",
        "thymeleaf-spring",
        "pebble",
        "pebble-strict",
        "velocity"
      })
  @Retention(RetentionPolicy.RUNTIME)
  @interface EachEngine {}

  @EachEngine
  void page_readsVariations_showsThemAndTracksEachOnce(String engine) throws Exception {
    String code = engine + "-reads";
    String page = open("/" + engine + "/reads.html", code);

    String offer = text(page, "offer");
    assertTrue(List.of("control", "treatment").contains(offer), page);
    assertEquals(offer, text(page, "again"));
    assertEquals("true", text(page, "shipping"));
    assertEquals("true", text(page, "named"));
    assertEquals("off", text(page, "unknown"));
    assertEquals("off", text(page, "dotted"));
    assertEquals("none", text(page, "variable"));
    assertEquals("false", text(page, "known"));
    waitForLinesAbout(witness(engine));
    assertEquals(1, linesAbout(code).stream().filter(line -> line.contains("id=7101")).count());
  }

  @EachEngine
  void page_asksForFeatures_listsThemAndTracksNothing(String engine) throws Exception {
    String code = engine + "-asks";
    String page = open("/" + engine + "/asks.html", code);

    assertEquals("true", text(page, "contains"));
    assertEquals("false", text(page, "empty"));
    assertEquals("8", text(page, "size"));
    assertEquals(
        "cart-note checkout-layout free-shipping gift-wrapping one-click-order phone-banner"
            + " spring-offer welcome-gift ",
        text(page, "features"));
    waitForLinesAbout(witness(engine));
    assertEquals(List.of(), linesAbout(code));
  }

  @EachEngine
  void page_platformDown_isServedWithEveryFeatureOff(String engine) throws Exception {
    String page = open("/waiting/" + engine + "/reads.html", "visitor-1");

    assertEquals("off", text(page, "offer"));
    assertEquals("off", text(page, "again"));
    assertEquals("false", text(page, "shipping"));
    assertEquals("false", text(page, "named"));
    assertEquals("off", text(page, "unknown"));
    assertEquals("off", text(page, "dotted"));
    assertEquals("none", text(page, "variable"));
    assertEquals("0", text(open("/waiting/" + engine + "/asks.html", "visitor-1"), "size"));
  }

  /**
   * Waits for the exposure of a later visitor, which the SDK sends after those of the earlier
   * pages.
   */
  private static String witness(String engine) throws Exception {
    // Two lines, because the first may be in the same batch as the expected ones.
    for (int witness = 0; witness < 2; witness++) {
      String code = engine + "-witness-" + System.nanoTime();
      open("/" + engine + "/reads.html", code);
      if (witness == 1) {
        return code;
      }
      waitForLinesAbout(code);
    }
    throw new AssertionError();
  }

  private static void waitForLinesAbout(String code) throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (linesAbout(code).isEmpty()) {
      if (Instant.now().isAfter(end)) {
        fail("no exposure of " + code);
      }
      Thread.sleep(20);
    }
  }

  @SuppressWarnings("unchecked")
  private static List<String> linesAbout(String code) {
    var lines =
        (Supplier<List<String>>) shop.getServletContext().getAttribute("kameleoonSentLines");
    return lines.get().stream().filter(line -> line.contains("visitorCode=" + code)).toList();
  }

  private static String text(String page, String id) {
    Matcher element = Pattern.compile("id=\"" + id + "\">([^<]*)<").matcher(page);
    assertTrue(element.find(), () -> id + " is not in: " + page);
    return element.group(1);
  }

  private static String open(String path, String code) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + TOMCAT.getConnector().getLocalPort() + path);
    HttpRequest request =
        HttpRequest.newBuilder(address).header("Cookie", "kameleoonVisitorCode=" + code).build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer::body);
    return answer.body();
  }
}
