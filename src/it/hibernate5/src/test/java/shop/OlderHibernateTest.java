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
import java.nio.file.FileVisitOption;
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
import org.apache.catalina.webresources.JarResourceSet;
import org.apache.catalina.webresources.StandardRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A web app that still has Hibernate 5: as the README says, and in the ways it warns of. */
class OlderHibernateTest {

  private static final String HIBERNATE_5 = "hibernate-core-5.6.15.Final.jar";

  private static final String EXCLUDE = "exclude org.hibernate.orm:hibernate-core and add";

  @TempDir private Path home;
  private Path webApp;
  private final Tomcat tomcat = new Tomcat();
  private final Errors errors = new Errors();

  @BeforeEach
  void listen() throws IOException {
    Logger.getLogger("").addHandler(errors);
    webApp = home.resolve("shop");
    copy(Path.of(System.getProperty("shop.webapp")), webApp);
  }

  @AfterEach
  void stop() throws Exception {
    Logger.getLogger("").removeHandler(errors);
    tomcat.stop();
    tomcat.destroy();
  }

  @Test
  void oursExcludedAndEclipseLinkThere_bothWork() throws Exception {
    start(null);
    HttpClient one = browser();
    HttpClient other = browser();
    String code = code(one);
    assertNotEquals(code, code(other));

    open(one, "?user=user-1");
    assertEquals(code, resolved(one));
    open(other, "?user=user-1");
    assertEquals(code, resolved(other));
    assertTrue(open(one, "?order=x").endsWith(" 1"));
    assertTrue(open(other, "?order=x").endsWith(" 2"));
    assertEquals(List.of(), errors.lines);
  }

  @Test
  void oursExcludedAndNoOtherProvider_pagesAndOneLineThatNamesJarAndCure() throws Exception {
    deleteEclipseLink();
    start(null);

    assertServedWithOneLine(HIBERNATE_5, EXCLUDE);
  }

  @Test
  void oursBesideAndHibernate5First_pagesAndOneLineThatNamesJarsAndCure() throws Exception {
    deleteEclipseLink();
    addOurs();
    start(library(HIBERNATE_5));

    assertServedWithOneLine(HIBERNATE_5, ours().getFileName().toString(), EXCLUDE);
  }

  @Test
  void oursBesideAndFirst_pagesAndOneLineThatNamesJarsAndCure() throws Exception {
    deleteEclipseLink();
    addOurs();
    start(ours());

    assertServedWithOneLine(HIBERNATE_5, ours().getFileName().toString(), EXCLUDE);
  }

  @Test
  void hibernate5ForJakarta_theStoreWorks() throws Exception {
    deleteEclipseLink();
    Files.delete(library(HIBERNATE_5));
    addOurs();
    Files.delete(library(ours().getFileName().toString()));
    copy(Path.of(System.getProperty("shop.hibernate5")), webApp.resolve("WEB-INF/lib"));
    start(null);
    HttpClient browser = browser();
    String code = code(browser);

    open(browser, "?user=user-1");
    assertEquals(code, resolved(browser));
    assertEquals(List.of(), errors.lines);
  }

  @Test
  void noProviderAtAll_pagesAndOneLineThatNamesTheCure() throws Exception {
    deleteEclipseLink();
    Files.delete(library(HIBERNATE_5));
    start(null);

    assertServedWithOneLine(
        "there is no Jakarta Persistence provider. Add org.hibernate.orm:hibernate-core");
  }

  private void assertServedWithOneLine(String... parts) throws Exception {
    HttpClient browser = browser();
    String code = code(browser);
    assertEquals(code, code(browser));
    for (int attempt = 0; attempt < 600 && errors.lines.isEmpty(); attempt++) {
      Thread.sleep(100);
    }
    assertTrue(open(browser, "?user=user-1").matches(".* RECOGNIZED"));
    assertTrue(open(browser, "").matches(".* UNRESOLVED"));
    assertEquals(1, errors.lines.size(), errors.lines::toString);
    String line = errors.lines.get(0);
    for (String part : parts) {
      assertTrue(line.contains(part), line);
    }
    assertTrue(line.contains("org.eclipse.persistence:org.eclipse.persistence.jpa"), line);
  }

  /**
   * Deploys.
   *
   * @param first the library whose classes are found before those of all others, or null
   */
  private void start(Path first) throws Exception {
    Connector connector = new Connector();
    connector.setProperty("address", "127.0.0.1");
    connector.setPort(0);
    tomcat.setBaseDir(home.toString());
    tomcat.setConnector(connector);
    var shop = (StandardContext) tomcat.addWebapp("", webApp.toString());
    if (first != null) {
      StandardRoot resources = new StandardRoot(shop);
      resources.addPreResources(
          new JarResourceSet(resources, "/WEB-INF/classes", first.toString(), "/"));
      shop.setResources(resources);
    }
    tomcat.start();
    assertEquals(LifecycleState.STARTED, shop.getState());
  }

  private Path library(String name) {
    return webApp.resolve("WEB-INF/lib").resolve(name);
  }

  private void deleteEclipseLink() throws IOException {
    try (Stream<Path> libraries = Files.list(webApp.resolve("WEB-INF/lib"))) {
      for (Path library : libraries.toList()) {
        if (library.getFileName().toString().startsWith("org.eclipse.persistence.")) {
          Files.delete(library);
        }
      }
    }
  }

  /** Adds Hibernate 6, and two libraries that come with it. */
  private void addOurs() throws IOException {
    copy(Path.of(System.getProperty("shop.hibernate6")), webApp.resolve("WEB-INF/lib"));
  }

  private static Path ours() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("shop.hibernate6")))) {
      return files
          .filter(file -> file.toString().contains("hibernate-core"))
          .findAny()
          .orElseThrow();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (!Files.isDirectory(target)) {
          Files.copy(file, target);
        }
      }
    }
  }

  private static HttpClient browser() {
    return HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  }

  private String code(HttpClient browser) throws Exception {
    return open(browser, "").split(" ")[0];
  }

  /** Opens the page until the store has answered: a slow machine may take its time. */
  private String resolved(HttpClient browser) throws Exception {
    for (int attempt = 0; attempt < 600; attempt++) {
      String[] page = open(browser, "").split(" ");
      if (!page[1].equals("UNRESOLVED")) {
        return page[0];
      }
      Thread.sleep(100);
    }
    throw new AssertionError("the store does not answer: " + errors.lines);
  }

  private String open(HttpClient browser, String query) throws Exception {
    int port = tomcat.getConnector().getLocalPort();
    HttpRequest page =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/orders" + query)).build();
    var answer = browser.send(page, BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body();
  }

  /** What the web app says at SEVERE, which is an ERROR there. */
  private static final class Errors extends Handler {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      if (line.getLevel() == Level.SEVERE
          && line.getLoggerName().startsWith("io.github.kameleoonservlet.")) {
        lines.add(line.getMessage());
      }
    }

    @Override
    public void flush() {
      // Nothing is kept back.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
