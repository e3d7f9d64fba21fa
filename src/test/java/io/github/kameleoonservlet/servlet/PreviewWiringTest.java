package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.VisitorService;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.InMemoryVisitorCodeStore;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;

/** Tests the settings of previews, with the real SDK. */
class PreviewWiringTest {

  private static final String SECRET = "a secret of the tests, 32 or more";

  private final MockServletContext context = new MockServletContext();
  private final MockFilterConfig config = new MockFilterConfig(context, "visitor");
  private final KameleoonVisitorFilter filter = new KameleoonVisitorFilter();

  private void start(String dataFile) throws ServletException {
    context.setContextPath("/shop");
    config.addInitParameter("dataFile", Path.of(dataFile).toAbsolutePath().toString());
    config.addInitParameter("store", InMemoryVisitorCodeStore.class.getName());
    config.addInitParameter("previewSecret", SECRET);
    config.addInitParameter("simulationFor", "marketing");
    filter.init(config);
  }

  @AfterEach
  void stop() {
    filter.destroy();
  }

  private MockHttpServletRequest page(String query) {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
    request.setServletPath("/");
    request.setServerName("shop.example");
    request.setQueryString(query);
    request.addHeader("Accept", "text/html");
    return request;
  }

  private String open(MockHttpServletRequest request, String... features) throws Exception {
    MockHttpServletResponse response = new MockHttpServletResponse();
    HttpServlet servlet =
        new HttpServlet() {
          private static final long serialVersionUID = 1L;

          @Override
          protected void doGet(HttpServletRequest read, HttpServletResponse answer) {
            Visitor visitor = (Visitor) read.getAttribute(Visitor.ATTRIBUTE);
            for (String feature : features) {
              Variation variation = visitor.variation(feature);
              answer.addHeader("Seen", variation + " " + variation.getVariables());
            }
            visitor.trackConversion(301, 49.90);
          }
        };
    filter.doFilter(request, response, new MockFilterChain(servlet));
    return response.getHeaders("Seen").stream().collect(Collectors.joining("\n"));
  }

  private String query(String link) {
    return link.substring(link.indexOf('?') + 1);
  }

  @Test
  void link_ofService_showsVariationToOneBrowser() throws Exception {
    start("webapp-sample/src/main/webapp/WEB-INF/kameleoon-data-file.json");
    String page = "https://shop.example/cart";
    VisitorService service = (VisitorService) context.getAttribute(VisitorService.ATTRIBUTE);
    String link = service.previewLink(page, "spring-offer", "treatment", Duration.ofHours(8));

    assertThat(open(page(query(link)), "spring-offer"))
        .startsWith("Variation[spring-offer=treatment, PREVIEW] {")
        .contains("title=");
  }

  @Test
  void disabledFeature_previewed_isShownWithVariablesAndNothingIsSent() throws Exception {
    config.addInitParameter("publicOrigin", "https://shop.example");
    start("src/test/resources/kameleoon/data-file.json");
    VisitorService service = (VisitorService) context.getAttribute(VisitorService.ATTRIBUTE);
    String link = service.previewLink("winter-sale", "on", null);

    assertThat(link).startsWith("https://shop.example/shop/?kameleoonPreview=1.");
    assertThat(open(page(query(link)), "winter-sale", "checkout-layout"))
        .startsWith("Variation[winter-sale=on, PREVIEW]")
        .contains("Variation[checkout-layout=")
        .contains(", ASSIGNED]");
    @SuppressWarnings("unchecked")
    Supplier<List<String>> lines =
        (Supplier<List<String>>) context.getAttribute(KameleoonVisitorFilter.SENT_LINES_ATTRIBUTE);
    filter.destroy();
    assertThat(lines.get()).isEmpty();
  }

  @Test
  void simulationFor_role_allowsUsersOfRole() throws Exception {
    start("src/test/resources/kameleoon/data-file.json");
    String cookie = "kameleoonSimulationFFData={\"search\":{\"expId\":2401,\"varId\":3401}}";
    MockHttpServletRequest marketing = page(null);
    marketing.addHeader("Cookie", cookie);
    marketing.addUserRole("marketing");
    MockHttpServletRequest other = page(null);
    other.addHeader("Cookie", cookie);

    assertThat(open(marketing, "search"))
        .startsWith("Variation[search=vector, " + Reason.PREVIEW + "]");
    assertThat(open(other, "search")).doesNotContain("PREVIEW");
  }

  @Test
  void variation_notInRealDataFile_isRefusedWithTheVariations() throws Exception {
    start("src/test/resources/kameleoon/data-file.json");
    VisitorService service = (VisitorService) context.getAttribute(VisitorService.ATTRIBUTE);

    assertThatThrownBy(() -> service.previewLink("https://a.example/", "search", "x", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its variations are classic, off, vector");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "previewSecret | 1234567890123456789012345678901 | *** | at least 32 characters",
        "simulationFor | everybody | everybody | nobody, a role",
      })
  void setting_notAllowed_isNamed(String name, String value, String shown, String allowed) {
    config.addInitParameter(name, value);

    assertThatThrownBy(() -> filter.init(config))
        .isInstanceOf(ServletException.class)
        .hasMessageContainingAll("'" + name + "'", "'" + shown + "'", allowed)
        .satisfies(
            e -> {
              if (shown.equals("***")) {
                assertThat(e.getMessage()).doesNotContain(value);
              }
            });
  }
}
