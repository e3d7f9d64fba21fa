package io.github.kameleoonservlet.wars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every application on one version of Tomcat. The requests begin after the start of
 * all three servers, and the logs are compared after the undeployment.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class ApplicationsContract {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Servers servers;

  /** Returns the applications with the WAR or the folder of each. */
  abstract Map<WebApplication, Path> applications();

  abstract Map<String, SignIn> signIns();

  /** Returns the unpacked distribution of Tomcat. */
  abstract Path tomcat();

  @BeforeAll
  final void start() throws IOException, InterruptedException {
    assumeThat(chosen()).as("applications of this class in wars.only").isNotEmpty();
    Path folder = Path.of(property("wars.work"), getClass().getSimpleName());
    FileUtils.deleteDirectory(folder.toFile());
    Files.createDirectories(folder);
    servers = new Servers(tomcat(), folder);
    var installer =
        new Installer(Path.of(property("wars.installer")), Path.of(property("wars.dataFile")));
    for (Map.Entry<WebApplication, Path> application : chosen().entrySet()) {
      servers.add(application.getKey(), application.getValue(), installer);
      report(
          application.getKey() + ", installer: " + servers.installerOutput(application.getKey()));
    }
    servers.plant(PlantedFault.chosen());
    servers.start();
  }

  @AfterAll
  void stop() {
    threads.shutdown();
    if (servers != null) {
      servers.close();
    }
  }

  List<WebApplication> names() {
    return chosen().keySet().stream().toList();
  }

  /** Returns the applications, or those only whose names match the property {@code wars.only}. */
  private Map<WebApplication, Path> chosen() {
    Map<WebApplication, Path> chosen = applications();
    chosen.keySet().removeIf(a -> !a.name().matches(property("wars.only")));
    return chosen;
  }

  /** Returns the application of this name. Skips the test if the application is not chosen. */
  final WebApplication application(String name) {
    assumeThat(names()).extracting(WebApplication::name).contains(name);
    return names().stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow();
  }

  final Trio trio(WebApplication application) {
    return new Trio(servers.ports(), threads, application);
  }

  final Servers servers() {
    return servers;
  }

  final ExecutorService threads() {
    return threads;
  }

  @Order(1)
  @ParameterizedTest
  @MethodSource("names")
  void crawl_withFilter_answersAsWithout(WebApplication application)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    try (Trio trio = trio(application)) {
      trio.learnTime(application.starts().get(0));
      var crawl = new Crawl(application, trio);
      crawl.run(application.targets());
      crawl.files(Wars.staticFiles(servers.war(application)), application.targets() / 3);
      SignIn signIn = signIns().get(application.name());
      if (signIn != null) {
        signIn.run(application, trio);
        new Crawl(application, trio).run(application.targets() / 2);
      }
      report(
          application
              + ": "
              + crawl.extent()
              + ", "
              + trio.summary()
              + ", "
              + (System.nanoTime() - start) / 1_000_000_000
              + " s");
      assertThat(trio.differences()).isEmpty();
      assertThat(trio.filtered().cookie(Browser.VISITOR_COOKIE)).as("code").isNotEmpty();
      assertThat(trio.requests()).as("requests").isGreaterThan(60);
      assertThat(trio.unstableBodies()).as("not compared").isLessThan(trio.requests() / 20);
    }
  }

  @Order(2)
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("signedIn")
  void signIn_twoBrowsers_haveOneCode(WebApplication application) throws InterruptedException {
    try (Trio first = trio(application);
        Trio second = trio(application)) {
      first.learnTime(application.starts().get(0));
      second.learnTime(application.starts().get(0));
      String before = second.filtered().cookie(Browser.VISITOR_COOKIE);
      signIns().get(application.name()).run(application, first);
      String one = knownVisitor(application, first);
      signIns().get(application.name()).run(application, second);
      String other = knownVisitor(application, second);

      assertThat(other).isEqualTo(one).isNotEqualTo(before);
      assertThat(first.differences()).isEmpty();
      assertThat(second.differences()).isEmpty();
    }
  }

  List<WebApplication> signedIn() {
    return names().stream().filter(a -> signIns().containsKey(a.name())).toList();
  }

  @Order(3)
  @Test
  void undeployment_withFilter_leavesNoMoreThanWithout() throws InterruptedException {
    for (WebApplication application : names()) {
      for (Tomcat tomcat : servers.plain()) {
        assertThat(tomcat.control("undeploy?path=" + application.path())).startsWith("OK");
      }
      assertThat(servers.filtered().control("undeploy?path=" + application.path()))
          .startsWith("OK");
    }
    List<String> plain =
        servers.plain().stream().flatMap(t -> t.leaks().stream()).distinct().toList();
    report(getClass().getSimpleName() + ", leaks without the filter: " + plain);
    List<String> filtered = servers.filtered().leaks();
    // Threads that end need some time.
    for (int attempt = 0; attempt < 30 && !plain.containsAll(filtered); attempt++) {
      Thread.sleep(1_000);
      filtered = servers.filtered().leaks();
    }
    assertThat(filtered).isSubsetOf(plain);
  }

  @Order(4)
  @Test
  void log_withFilter_hasDocumentedLinesOnly() {
    List<ServerLog> plain = servers.plain().stream().map(ServerLog::of).toList();
    List<String> more = ServerLog.of(servers.filtered()).linesMissingIn(plain);
    assertThat(more).filteredOn(line -> !AllowedLogLines.contain(line)).isEmpty();
  }

  /**
   * Returns the code of the signed-in user, as the page of the third server prints it. Waits up to
   * two minutes until the store answers, because its first call can take longer than the library
   * waits, and until the application has the user: Wicket writes to its session after the answer.
   */
  private static String knownVisitor(WebApplication application, Trio trio)
      throws InterruptedException {
    String last = "";
    for (int attempt = 0; attempt < 1_200; attempt++) {
      Answer answer = trio.filtered().open(application.path() + "/" + Servers.VISITOR_PAGE);
      assertThat(answer.status()).isEqualTo(200);
      last = answer.text().trim();
      String[] visitor = last.split(",", 4);
      if (visitor.length > 2 && !visitor[2].equals("UNRESOLVED") && visitor[1].equals("true")) {
        return visitor[0];
      }
      Thread.sleep(100);
    }
    throw new AssertionError(application + ": no known visitor in " + last);
  }

  /** Returns a WAR that the build has fetched. */
  static Path war(String file) {
    return Path.of(property("wars.folder"), file);
  }

  static String property(String name) {
    return Objects.requireNonNull(System.getProperty(name), name);
  }

  private static void report(String line) {
    System.out.println("== " + line);
  }
}
