package io.github.kameleoonservlet.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.servlet.ApiBrowser;
import io.github.kameleoonservlet.servlet.KameleoonVisitorFilter;
import io.github.kameleoonservlet.servlet.KameleoonVisitorServlet;
import io.github.kameleoonservlet.servlet.OfflineShop;
import io.github.kameleoonservlet.testing.IsolatedApplication;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletConfig;

/** Tests the filter and the API in applications that have their own JSON provider. */
class JsonProvidersTest {

  private static final Path GLASSFISH = Path.of("target/other-libraries/jakarta.json-2.0.1.jar");
  private static final Path JOHNZON = Path.of("target/other-libraries/johnzon-core-2.0.1.jar");

  @Test
  void provider_ofLibraryOnly_worksWithoutLogLine() throws Exception {
    Story story = story(List.of(), List.of(), jar -> true);

    story.assertAllWorks();
    assertThat(story.provider).startsWith("org.eclipse.parsson.");
  }

  @Test
  void glassfishJakartaJson_first_servesPagesAndOneWarnNamesJars() throws Exception {
    Story story = story(List.of(GLASSFISH), List.of(), jar -> true);

    assertThat(story.page).isEqualTo("200 Variation[checkout-layout=off, NOT_READY]");
    assertThat(story.cookie).startsWith("kameleoonVisitorCode=");
    assertThat(story.api).startsWith("200 {").contains("\"reason\":\"NOT_READY\"");
    assertThat(story.warnings)
        .filteredOn(line -> line.contains("JSON"))
        .singleElement()
        .asString()
        .contains("SDK cannot read JSON")
        .containsSubsequence("jakarta.json-2.0.1.jar", "javax.json-1.1.4.jar", "Replace")
        .contains("org.eclipse.parsson:parsson");
  }

  @Test
  void glassfishJakartaJson_last_works() throws Exception {
    story(List.of(), List.of(GLASSFISH), jar -> true).assertAllWorks();
  }

  @Test
  void glassfishJakartaJson_lastWithoutParsson_apiFailsAndOneWarnNamesJars() throws Exception {
    Predicate<String> others = jar -> !jar.contains("parsson") && !jar.contains("jakarta.json-api");
    Story story = story(List.of(), List.of(GLASSFISH), others);

    assertThat(story.page).isEqualTo("200 Variation[checkout-layout=treatment, ASSIGNED]");
    assertThat(story.api).startsWith("500 {\"type\":\"about:blank\",\"title\":\"No JSON\"");
    assertThat(story.warnings)
        .singleElement()
        .asString()
        .contains("JSON provider of this application does not work")
        .containsSubsequence("javax.json-1.1.4.jar", "jakarta.json-2.0.1.jar", "Replace");
  }

  @Test
  void olderApi_besideParsson_pagesAreServedAndOneWarnAsksForUpgrade() throws Exception {
    Path older = Path.of("target/other-libraries/jakarta.json-api-2.0.2.jar");

    Story story = story(List.of(older), List.of(), jar -> !jar.contains("jakarta.json-api"));

    assertThat(story.page).isEqualTo("200 Variation[checkout-layout=treatment, ASSIGNED]");
    assertThat(story.warnings)
        .singleElement()
        .asString()
        .contains(
            "comes from [jakarta.json-api-2.0.2.jar], and does not fit its provider",
            "needs version 2.1 of the API. Upgrade the jar")
        .doesNotContain("same JSON classes");
  }

  @Test
  void missingProvider_ofSdk_oneWarnNamesJarOfSdk(@TempDir Path folder) throws Exception {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve("javax.json.spi.JsonProvider"), "com.example.Missing");

    Story story = story(List.of(folder), List.of(), jar -> true);

    assertThat(story.page).isEqualTo("200 Variation[checkout-layout=off, NOT_READY]");
    assertThat(story.warnings)
        .filteredOn(line -> line.contains("JSON"))
        .singleElement()
        .asString()
        .contains("SDK cannot read JSON", "com.example.Missing", "[javax.json-1.1.4.jar]")
        .contains("SDK needs org.glassfish:javax.json 1.1")
        .doesNotContainIgnoringCase("parsson");
  }

  @Test
  void johnzon_first_isUsedByApi() throws Exception {
    Story story = story(List.of(JOHNZON), List.of(), jar -> true);

    story.assertAllWorks();
    assertThat(story.deep).as("it nests without a limit").startsWith("400 ");
    assertThat(story.provider).startsWith("org.apache.johnzon.");
  }

  private record Story(
      String page, String cookie, String api, String provider, List<String> warnings, String deep) {
    void assertAllWorks() {
      assertThat(page).isEqualTo("200 Variation[checkout-layout=treatment, ASSIGNED]");
      assertThat(cookie).startsWith("kameleoonVisitorCode=");
      assertThat(api)
          .startsWith("200 {")
          .contains(
              "\"key\":\"treatment\"",
              "\"reason\":\"ASSIGNED\"",
              "\"huge\":12345678901234567890123");
      assertThat(warnings).isEmpty();
    }
  }

  private static Story story(List<Path> first, List<Path> last, Predicate<String> stays)
      throws Exception {
    for (Path jar : List.of(GLASSFISH, JOHNZON)) {
      assertThat(jar).as("the build copies it").exists();
    }
    try (IsolatedApplication application = new IsolatedApplication(first, last, stays)) {
      Object[] told = (Object[]) application.run(Application.class, OfflineShop.DATA_FILE);
      @SuppressWarnings("unchecked") // returned by the class below, in JDK types
      List<String> warnings = (List<String>) told[4];
      return new Story(
          (String) told[0],
          (String) told[1],
          (String) told[2],
          (String) told[3],
          warnings,
          (String) told[5]);
    }
  }

  /**
   * Runs in the isolated application: opens a page, calls the API, and returns the result in JDK
   * types.
   */
  public static final class Application {
    private Application() {}

    public static Object run(String dataFile) throws Exception {
      try (RecordedLog log = new RecordedLog(Level.WARN);
          OfflineShop shop = new OfflineShop(dataFile)) {
        MockHttpServletResponse page = shop.open("checkout-layout");
        return new Object[] {
          page.getStatus() + " " + page.getContentAsString(),
          page.getHeader("Set-Cookie"),
          call(shop.filter, "{\"featureKey\":\"checkout-layout\",\"track\":false}"),
          provider(),
          log.complaints(),
          callOnASmallStack(shop.filter, "{\"featureKey\":" + "[".repeat(8_000))
        };
      }
    }

    private static String callOnASmallStack(KameleoonVisitorFilter filter, String body)
        throws Exception {
      FutureTask<String> call = new FutureTask<>(() -> call(filter, body));
      Thread thread = new Thread(null, call, "small stack", 256 * 1024);
      thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
      thread.start();
      return call.get();
    }

    private static String call(KameleoonVisitorFilter filter, String body) throws Exception {
      KameleoonVisitorServlet servlet = new KameleoonVisitorServlet();
      servlet.init(new MockServletConfig());
      MockHttpServletRequest request = ApiBrowser.call("POST", "/variation");
      ApiBrowser.withBody(request, "application/json", body);
      request.setAsyncSupported(true);
      request.addHeader("Cookie", "kameleoonVisitorCode=visitor-1");
      MockHttpServletResponse response = new MockHttpServletResponse();
      filter.doFilter(request, response, new MockFilterChain(servlet));
      return response.getStatus() + " " + response.getContentAsString();
    }

    private static String provider() {
      try {
        return jakarta.json.spi.JsonProvider.provider().getClass().getName();
      } catch (RuntimeException | LinkageError e) {
        return e.toString();
      }
    }
  }
}
