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
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
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
  void lowestJarsOfTable_alone_decideAndLogNothing() throws Exception {
    Story story =
        story(
            List.of(other("commons-codec-1.4.jar"), other("caffeine-2.9.3.jar")),
            jar -> !jar.matches(".*/(commons-codec|caffeine)-[0-9.]+jar"));

    assertThat(story.page).contains("ASSIGNED").doesNotContain("ERROR");
    assertThat(story.warnings).isEmpty();
  }

  @Test
  void oldCaffeine_alone_servesPagesWithoutVisitorAndNamesJar() throws Exception {
    Story story =
        story(List.of(other("caffeine-2.5.0.jar")), jar -> !jar.matches(".*/caffeine-[0-9.]+jar"));

    assertThat(story.page).isEqualTo("200 no visitor");
    assertThat(story.warnings)
        .filteredOn(line -> line.contains("Jars of this application"))
        .singleElement()
        .asString()
        .contains("caffeine-2.5.0.jar", "needed: caffeine 2.9.3 or later");
    assertThat(story.warnings).anyMatch(line -> line.contains("passes all requests on"));
  }

  @Test
  void oldCaffeine_callOfApi_answers503WithTheReason() throws Exception {
    try (IsolatedApplication application =
        new IsolatedApplication(
            List.of(other("caffeine-2.5.0.jar")),
            List.of(),
            jar -> !jar.matches(".*/caffeine-[0-9.]+jar"))) {
      String answer = (String) application.run(ApiClient.class, OfflineShop.DATA_FILE);

      assertThat(answer)
          .startsWith("503 application/problem+json {")
          .contains("a jar of the application is too old")
          .doesNotContain("caffeine", "Error", "Exception");
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

  private record Story(String page, List<String> warnings) {}

  private static Story story(List<Path> first, Predicate<String> stays) throws Exception {
    assertThat(OLD_CODEC).as("the build copies it").exists();
    try (IsolatedApplication application = new IsolatedApplication(first, List.of(), stays)) {
      Object[] result = (Object[]) application.run(Application.class, OfflineShop.DATA_FILE);
      @SuppressWarnings("unchecked") // returned by the class below, in JDK types
      List<String> warnings = (List<String>) result[1];
      return new Story((String) result[0], warnings);
    }
  }

  /** Runs inside: opens a page twice, and returns the results in JDK types. */
  public static final class Application {
    private Application() {}

    public static Object run(String dataFile) throws Exception {
      try (RecordedLog log = new RecordedLog(Level.WARN);
          OfflineShop shop = new OfflineShop(dataFile)) {
        shop.open(new Page());
        MockHttpServletResponse page = shop.open(new Page());
        return new Object[] {page.getStatus() + " " + page.getContentAsString(), log.complaints()};
      }
    }
  }

  private static final class Page extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
      if (visitor == null) {
        response.getWriter().print("no visitor");
        return;
      }
      response.getWriter().print(visitor.getVariations().get("checkout-layout"));
      response.getWriter().print(visitor.getVariations().get("free-shipping"));
    }
  }
}
