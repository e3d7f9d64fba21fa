package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.testing.IsolatedApplication;
import io.github.kameleoonservlet.testing.RecordedLog;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests the filter in applications whose jars are incompatible with the SDK. */
class OldLibrariesTest {

  private static final Path OLD_CODEC = Path.of("target/other-libraries/commons-codec-1.3.jar");

  @Test
  void oldCodec_besideNewOne_logsOneWarnWithBothJars() throws Exception {
    Story story = story(List.of(OLD_CODEC), jar -> true);

    assertThat(story.page)
        .isEqualTo("200 Variation[checkout-layout=off, ERROR]Variation[free-shipping=off, ERROR]");
    assertThat(story.warnings)
        .singleElement()
        .asString()
        .containsSubsequence(
            "Jars of this application do not work",
            "commons-codec-1.3.jar",
            "needed: commons-codec 1.4 or later",
            "sha256Hex");
  }

  @Test
  void oldCodec_alone_logsOneWarnThatAsksForUpgrade() throws Exception {
    Story story = story(List.of(OLD_CODEC), jar -> !jar.contains("commons-codec"));

    assertThat(story.warnings)
        .singleElement()
        .asString()
        .contains("commons-codec-1.3.jar", "needed: commons-codec 1.4 or later");
  }

  @Test
  void jarsOfJspWiki_alone_logOneWarnWithCodecOnly() throws Exception {
    Story story =
        story(
            List.of(OLD_CODEC, other("commons-lang3-3.12.0.jar"), other("httpcore-4.4.13.jar")),
            jar -> !jar.matches(".*/(commons-codec|commons-lang3|httpcore)-[0-9.]+jar"));

    assertThat(story.warnings)
        .singleElement()
        .asString()
        .contains("commons-codec-1.3.jar")
        .doesNotContain("commons-lang3", "httpcore-");
  }

  @Test
  void lowestJarsOfTable_alone_decideStoreAndLogNothing() throws Exception {
    Story story =
        story(
            Stream.of(
                    "commons-codec-1.4",
                    "commons-lang3-3.2",
                    "httpcore-4.0",
                    "javax.json-1.1",
                    "caffeine-2.6.2",
                    "HikariCP-2.6.0",
                    "h2-1.0.79")
                .map(jar -> other(jar + ".jar"))
                .toList(),
            jar ->
                !jar.matches(
                    ".*/(commons-codec|commons-lang3|httpcore|javax.json|caffeine|HikariCP|h2)"
                        + "-[0-9.]+jar"));

    assertThat(story.page).contains("ASSIGNED").doesNotContain("ERROR");
    assertThat(story.outcomes).isEqualTo("LINKED RECOGNIZED");
    assertThat(story.warnings).isEmpty();
  }

  /** The SDK compares versions with a class that is new in commons-lang3 3.2. */
  @ParameterizedTest
  @CsvSource({"3.1, ERROR", "3.2, ASSIGNED"})
  void oldLang3_featureForVersionOfSdk_isDecidedOrJarIsNamed(String version, String reason)
      throws Exception {
    Story story =
        story(
            SdkVersionFeature.class,
            List.of(other("commons-lang3-" + version + ".jar")),
            jar -> !jar.matches(".*/commons-lang3-[0-9.]+jar"));

    assertThat(story.page).startsWith("200 ").endsWith(", " + reason + "]");
    assertThat(story.warnings)
        .filteredOn(line -> !line.contains("Data file: "))
        .hasSize(version.equals("3.2") ? 0 : 1)
        .allMatch(
            line ->
                line.contains(
                    "commons-lang3-3.1.jar of version 3.1 (needed: commons-lang3 3.2 or"));
  }

  @Test
  void oldCaffeine_alone_servesPagesWithoutVisitorAndNamesJar() throws Exception {
    Story story =
        story(List.of(other("caffeine-2.6.1.jar")), jar -> !jar.matches(".*/caffeine-[0-9.]+jar"));

    assertThat(story.page).isEqualTo("200 no visitor");
    assertThat(story.warnings)
        .filteredOn(line -> line.contains("Jars of this application"))
        .singleElement()
        .asString()
        .contains("caffeine-2.6.1.jar", "needed: caffeine 2.6.2 or later");
    assertThat(story.warnings).anyMatch(line -> line.contains("passes all requests on"));
  }

  @Test
  void oldCaffeine_callOfApi_answers503WithTheReason() throws Exception {
    try (IsolatedApplication application =
        new IsolatedApplication(
            List.of(other("caffeine-2.6.1.jar")),
            List.of(),
            jar -> !jar.matches(".*/caffeine-[0-9.]+jar"))) {
      String answer = (String) application.run(ApiClient.class, OfflineShop.DATA_FILE);

      assertThat(answer)
          .startsWith("503 application/problem+json {")
          .contains("a jar of the application is too old")
          .doesNotContain("caffeine", "Error", "Exception");
      // Its class loader closes now. The check would then miss all classes of the jars.
      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .doesNotContain("kameleoon-servlet-jars");
    }
  }

  /** Runs inside: calls the API. */
  public static final class ApiClient {
    private ApiClient() {}

    public static Object run(String dataFile) throws Exception {
      try (OfflineShop shop = new OfflineShop(dataFile)) {
        MockHttpServletResponse answer = shop.callApi();
        return answer.getStatus()
            + " "
            + answer.getContentType()
            + " "
            + answer.getContentAsString();
      }
    }
  }

  @Test
  void oldPool_alone_servesUsersWithoutCodeAndNamesJar() throws Exception {
    Story story = story(List.of(other("HikariCP-2.5.1.jar")), OldLibrariesTest::isNoPool);

    assertThat(story.page).startsWith("200 ").contains("ASSIGNED");
    assertThat(story.outcomes).isEqualTo("UNRESOLVED UNRESOLVED");
    assertThat(story.warnings)
        .filteredOn(line -> line.contains("Jars of this application"))
        .singleElement()
        .asString()
        .contains("HikariCP-2.5.1.jar", "needed: HikariCP 2.6.0 or later");
  }

  /** The check of the pool follows the start of the SDK, which the other jar prevents. */
  @Test
  void oldPoolAndOldJson_logTwoWarnsThatNameOneJarEach() throws Exception {
    Story story =
        story(
            List.of(other("javax.json-1.0.4.jar"), other("HikariCP-2.5.1.jar")),
            jar -> !jar.matches(".*/(javax.json|HikariCP)-[0-9.]+jar"));

    assertThat(story.page).contains("checkout-layout=off, NOT_READY");
    assertThat(story.outcomes).isEqualTo("UNRESOLVED UNRESOLVED");
    assertThat(story.warnings)
        .filteredOn(line -> line.contains(".jar"))
        .satisfiesExactly(
            line -> assertThat(line).contains("javax.json-1.0.4.jar").doesNotContain("HikariCP"),
            line -> assertThat(line).contains("HikariCP-2.5.1.jar").doesNotContain("javax.json"));
  }

  @Test
  void oldPool_withStoreOfApplication_logsNothing() throws Exception {
    Story story =
        story(OwnStore.class, List.of(other("HikariCP-2.5.1.jar")), OldLibrariesTest::isNoPool);

    assertThat(story.outcomes).isEqualTo("LINKED RECOGNIZED");
    assertThat(story.warnings).isEmpty();
  }

  @Test
  void oldJson_alone_servesPagesAndNamesJar() throws Exception {
    Story story =
        story(
            List.of(other("javax.json-1.0.4.jar")),
            jar -> !jar.matches(".*/javax.json-[0-9.]+jar"));

    assertThat(story.page).contains("checkout-layout=off, NOT_READY");
    assertThat(story.warnings)
        .filteredOn(line -> line.contains("Jars of this application"))
        .singleElement()
        .asString()
        .contains("javax.json-1.0.4.jar", "needed: javax.json 1.1 or later");
  }

  /** This test reads the log of the JDK, because Logback needs a newer SLF4J. */
  @Test
  void oldestSlf4j_withItsBinding_decidesAndLogs() throws Exception {
    try (IsolatedApplication application =
        new IsolatedApplication(
            List.of(other("slf4j-api-1.3.1.jar"), other("slf4j-jdk14-1.3.1.jar")),
            List.of(),
            jar -> !jar.matches(".*/(slf4j-api|logback-[a-z]+|jul-to-slf4j)-[0-9.]+jar"))) {
      Object[] result = (Object[]) application.run(OldLog.class, OfflineShop.DATA_FILE);

      assertThat((String) result[0]).contains("ASSIGNED");
      assertThat((String) result[1]).contains("The Kameleoon visitor filter works with {");
    }
  }

  private static boolean isNoPool(String jar) {
    return !jar.matches(".*/HikariCP-[0-9.]+jar");
  }

  private static Path other(String jar) {
    return Path.of("target/other-libraries", jar);
  }

  @Test
  void httpClient_missing_deploysAndLogsOneWarn() throws Exception {
    Story story = story(List.of(), jar -> !jar.contains("httpclient5"));

    assertThat(story.page)
        .isEqualTo(
            "200 Variation[checkout-layout=off, NOT_READY]Variation[free-shipping=off, NOT_READY]");
    assertThat(story.warnings)
        .filteredOn(line -> line.contains("is incompatible with"))
        .singleElement()
        .asString()
        .contains("org/apache/hc/client5", "Add the missing jar to WEB-INF/lib");
  }

  private record Story(String page, String outcomes, List<String> warnings) {}

  private static Story story(List<Path> first, Predicate<String> stays) throws Exception {
    return story(Application.class, first, stays);
  }

  private static Story story(Class<?> main, List<Path> first, Predicate<String> stays)
      throws Exception {
    assertThat(first).as("the build copies them").allSatisfy(jar -> assertThat(jar).exists());
    try (IsolatedApplication application = new IsolatedApplication(first, List.of(), stays)) {
      Object[] result = (Object[]) application.run(main, OfflineShop.DATA_FILE);
      @SuppressWarnings("unchecked") // returned by the class below, in JDK types
      List<String> warnings = (List<String>) result[2];
      return new Story(
          (String) result[0],
          (String) result[1],
          // A slow machine may miss the time-out of the first attempt to open the store.
          warnings.stream().filter(line -> !line.contains("SQLTransientConnection")).toList());
    }
  }

  /** Runs inside, with a database: opens pages, and returns the results in JDK types. */
  public static final class Application {
    private Application() {}

    public static Object run(String dataFile) throws Exception {
      Map<String, String> database =
          Map.of("jdbcUrl", "jdbc:h2:mem:old-libraries", "storeTimeoutMillis", "60000");
      return pages(() -> new OfflineShop(dataFile, database), "checkout-layout", "free-shipping");
    }

    static Object pages(Callable<OfflineShop> opening, String... features) throws Exception {
      try (RecordedLog log = new RecordedLog(Level.WARN)) {
        String page;
        String outcomes;
        try (OfflineShop shop = opening.call()) {
          shop.open(features);
          MockHttpServletResponse answer = shop.open(features);
          page = answer.getStatus() + " " + answer.getContentAsString();
          outcomes = outcome(shop) + " " + outcome(shop);
        }
        // The end of the filter waits for the check of the jars.
        return new Object[] {page, outcomes, log.complaints()};
      }
    }

    private static String outcome(OfflineShop shop) throws Exception {
      return shop.open(new OutcomePage(), "user-1").getContentAsString();
    }
  }

  /** Runs inside, with a store of the application. */
  public static final class OwnStore {
    private OwnStore() {}

    public static Object run(String dataFile) throws Exception {
      return Application.pages(() -> new OfflineShop(dataFile), "checkout-layout", "free-shipping");
    }
  }

  /** Runs inside: reads a feature whose segment compares the version of the SDK. */
  public static final class SdkVersionFeature {
    private SdkVersionFeature() {}

    public static Object run(String dataFile) throws Exception {
      String everyCondition = Path.of(dataFile).resolveSibling("every-condition.json").toString();
      return Application.pages(() -> new OfflineShop(everyCondition), "sdk-language");
    }
  }

  /** Runs inside: opens a page, and returns the page and the log of the JDK. */
  public static final class OldLog {
    private OldLog() {}

    public static Object run(String dataFile) throws Exception {
      StringBuffer lines = new StringBuffer();
      Handler handler =
          new StreamHandler() {
            @Override
            public void publish(LogRecord line) {
              lines.append(line.getMessage()).append('\n');
            }
          };
      Logger root = Logger.getLogger("");
      root.addHandler(handler);
      try (OfflineShop shop = new OfflineShop(dataFile)) {
        String page = shop.open("checkout-layout").getContentAsString();
        return new Object[] {page, lines.toString()};
      } finally {
        root.removeHandler(handler);
      }
    }
  }

  private static final class OutcomePage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
      response.getWriter().print(visitor == null ? "no visitor" : visitor.getOutcome());
    }
  }
}
