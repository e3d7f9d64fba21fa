package io.github.kameleoonservlet.it;

import static io.github.kameleoonservlet.it.Shop.newUser;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the shop in its own process: SIGKILL loses no link, SIGTERM stops the process, and
 * environment variables are settings.
 */
@Tag("tomcat")
class LaunchedShopIT {

  private static final int CROWD = 64;

  @TempDir private Path home;

  @Test
  @Tag("long")
  void shop_killedAfterRace_keepsEveryCode() {
    String user = newUser("user-1");
    List<String> users = IntStream.range(0, CROWD).mapToObj(i -> newUser("user-" + i)).toList();
    String lastUser = newUser("user-last");
    String lastCode;
    String code;
    List<String> codes;
    try (ShopProcess shop = ShopProcess.start(home, Map.of())) {
      List<Browser> browsers = new ArrayList<>(Shop.manyBrowsersOf(shop.base(), user, CROWD));
      browsers.addAll(Shop.manyUsersOf(shop.base(), newUser("shared"), users));
      List<Page> pages = Crowd.atOnce(2 * CROWD, i -> Shop.home(browsers.get(i)));
      lastCode = codeOf(shop, lastUser); // the last write before the kill
      shop.kill();
      code = pages.get(0).code();
      codes = pages.stream().skip(CROWD).map(Page::code).toList();
      assertThat(pages.subList(0, CROWD)).extracting(Page::code).containsOnly(code);
      assertThat(codes).doesNotHaveDuplicates().doesNotContain(code);
    }
    try (ShopProcess shop = ShopProcess.start(home, Map.of())) {
      assertThat(codeOf(shop, lastUser)).isEqualTo(lastCode);
      assertThat(codeOf(shop, user)).isEqualTo(code);
      assertThat(users.stream().map(each -> codeOf(shop, each)).toList()).isEqualTo(codes);
    }
  }

  private static String codeOf(ShopProcess shop, String user) {
    Browser newDevice = new Browser(shop.base());
    newDevice.submitAndStay("login", "user", user, "password", "demo");
    return Shop.home(newDevice).code();
  }

  @Test
  void shop_terminated_stopsInOrder() {
    try (ShopProcess shop = ShopProcess.start(home, Map.of())) {
      new Browser(shop.base()).signIn(newUser("user-1"));
      // On a slow machine the store may be logged as unavailable meanwhile.
      int said = shop.output().length();

      assertThat(shop.stop()).as("128 + SIGTERM").isEqualTo(143);
      assertThat(shop.output().substring(said))
          .contains("The shop has stopped.")
          .doesNotContain("Exception");
    }
  }

  @Test
  void environment_withSettings_replacesDataFileAndDatabase() throws IOException {
    Path dataFile = home.resolve("own.json");
    String shipped = Files.readString(Shop.DATA_FILE);
    Files.writeString(dataFile, shipped.replace("\"free-shipping\"", "\"only-in-this-file\""));
    Map<String, String> environment =
        Map.of(
            "KAMELEOON_DATA_FILE",
            dataFile.toString(),
            "KAMELEOON_JDBC_URL",
            "jdbc:h2:file:" + home.resolve("own"));
    try (ShopProcess shop = ShopProcess.start(home, environment)) {
      Browser browser = new Browser(shop.base());
      Shop.signIn(browser, newUser("user-1"));
      Page own = browser.open("feature.jsp?key=only-in-this-file");
      browser.submit("cart", "product", "kettle");
      Page ordered = browser.submit("cart", "order", "yes");

      assertThat(own.text("variation-key")).isEqualTo("on");
      assertThat(own.text("variation-reason")).isEqualTo("ASSIGNED");
      assertThat(ordered.text("order-number")).isEqualTo("1");
      assertThat(home.resolve("own.mv.db")).exists();
      assertThat(home.resolve(".kameleoon-servlet")).doesNotExist();
    }
  }

  @Test
  void shop_platformUnreachable_servesPagesAndCountsLostEvents() throws IOException {
    Path hosts =
        Files.writeString(
            home.resolve("hosts"),
            "127.0.0.1 sdk-config.kameleoon.eu api.kameleoon.com data.kameleoon.io\n");
    Map<String, String> environment =
        Map.of(
            "KAMELEOON_SITE_CODE", "out-of-reach",
            "KAMELEOON_CLIENT_ID", "client",
            "KAMELEOON_CLIENT_SECRET", "s3cret",
            "JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + hosts);
    try (ShopProcess shop = ShopProcess.start(home, environment)) {
      Browser browser = new Browser(shop.base());
      Page feature = browser.open("feature.jsp?key=spring-offer");
      Page home = Shop.signIn(browser, newUser("user-1"));

      assertThat(feature.text("variation-reason")).isEqualTo("NOT_READY");
      assertThat(home.outcome()).isEqualTo("LINKED");
      browser.submit("cart", "product", "first-flush");
      browser.submit("cart", "order", "yes");
      shop.stop();
      assertThat(shop.output().lines())
          .filteredOn(line -> line.contains("not delivered"))
          .singleElement()
          .asString()
          .contains(
              "WARN", "1 events were not delivered to Kameleoon before the application stopped");
      assertThat(shop.output()).doesNotContain("s3cret");
    }
  }
}
