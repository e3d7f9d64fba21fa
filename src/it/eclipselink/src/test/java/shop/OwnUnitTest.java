package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.stream.Stream;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.JarResourceSet;
import org.apache.catalina.webresources.StandardRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnUnitTest {

  private static final Path WEB_APP = Path.of(System.getProperty("shop.webapp"));

  @TempDir private Path home;
  private final Tomcat tomcat = new Tomcat();

  /**
   * Deploys.
   *
   * @param libraries what the web app has more
   */
  private void start(List<Path> libraries) throws Exception {
    Connector connector = new Connector();
    connector.setProperty("address", "127.0.0.1");
    connector.setPort(0);
    tomcat.setBaseDir(home.toString());
    tomcat.setConnector(connector);
    var shop = tomcat.addWebapp("", WEB_APP.toString());
    StandardRoot resources = new StandardRoot(shop);
    for (Path library : libraries) {
      resources.addPreResources(
          new JarResourceSet(resources, "/WEB-INF/classes", library.toString(), "/"));
    }
    shop.setResources(resources);
    tomcat.start();
    assertEquals(LifecycleState.STARTED, shop.getState());
  }

  @AfterEach
  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  @Test
  void user_withTwoBrowsers_hasOneCodeInTheShopsOwnUnit() throws Exception {
    start(List.of());
    assertOneCode();
  }

  /** Hibernate without most of what it depends on, so that it fails when it is taken. */
  @Test
  void hibernateBeside_theUnitsProviderIsTaken() throws Exception {
    try (Stream<Path> libraries = Files.list(Path.of(System.getProperty("shop.hibernate6")))) {
      start(libraries.toList());
    }
    assertOneCode();
  }

  private void assertOneCode() throws Exception {
    HttpClient one = browser();
    HttpClient other = browser();
    String code = open(one, "").get(0);
    assertTrue(!open(other, "").get(0).equals(code));

    open(one, "?user=user-1");
    List<String> linked = resolved(one);
    open(other, "?user=user-1");
    List<String> restored = resolved(other);

    assertEquals(code, linked.get(0));
    assertEquals(code, restored.get(0));
    assertTrue(Integer.parseInt(restored.get(3)) >= 1, "links in the shop's database");
    assertTrue(Integer.parseInt(restored.get(2)) >= 6, "orders in it");
    assertTrue(restored.get(4).startsWith("org.eclipse.persistence."), restored.get(4));
  }

  @Test
  void webApp_hasNothingOfHibernate() throws IOException {
    try (Stream<Path> libraries = Files.list(WEB_APP.resolve("WEB-INF/lib"))) {
      List<String> names = libraries.map(library -> library.getFileName().toString()).toList();
      assertTrue(names.stream().anyMatch(name -> name.startsWith("kameleoon-servlet-")));
      assertTrue(names.stream().noneMatch(name -> name.contains("hibernate")), names::toString);
    }
  }

  private static HttpClient browser() {
    return HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  }

  /** Opens the page until the store has answered: a slow machine may take its time. */
  private List<String> resolved(HttpClient browser) throws Exception {
    for (int attempt = 0; attempt < 600; attempt++) {
      List<String> page = open(browser, "");
      if (!page.get(1).equals("UNRESOLVED")) {
        return page;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("the store does not answer");
  }

  private List<String> open(HttpClient browser, String query) throws Exception {
    int port = tomcat.getConnector().getLocalPort();
    HttpRequest page =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/orders" + query)).build();
    var answer = browser.send(page, BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
    return List.of(answer.body().split(" "));
  }
}
