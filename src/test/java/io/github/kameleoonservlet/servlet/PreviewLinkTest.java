package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.VisitorService;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.InMemoryVisitorCodeStore;
import io.github.kameleoonservlet.internal.http.Origin;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;

/** Tests the links of {@link VisitorService#previewLink}. */
class PreviewLinkTest {

  private static final String SECRET = "a secret of the tests, 32 or more";

  private final TestShop shop = new TestShop();

  private String link(String url) {
    shop.previewSecret = SECRET;
    return shop.service().previewLink(url, "banner", "on", Duration.ofHours(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://shop.example          | https://shop.example/?kameleoonPreview=T",
        "https://shop.example/         | https://shop.example/?kameleoonPreview=T",
        "http://shop.example:8080/a/b; | http://shop.example:8080/a/b;?kameleoonPreview=T",
        "https://shop.example/a?b=c    | https://shop.example/a?b=c&kameleoonPreview=T",
        "https://shop.example/a?       | https://shop.example/a?kameleoonPreview=T",
        "https://shop.example?b        | https://shop.example/?b&kameleoonPreview=T",
        "https://shop.example/a#x?y    | https://shop.example/a?kameleoonPreview=T#x?y",
        "http://[::1]:80/a?b=c#d       | http://[::1]:80/a?b=c&kameleoonPreview=T#d",
        "https://s.example/?kameleoonPreview=end&a=b | https://s.example/?a=b&kameleoonPreview=T"
      })
  void url_ofPage_getsParameter(String url, String expected) {
    assertThat(link(url).replaceAll("1\\.[\\w-]+\\.[\\w-]{43}", "T")).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/shop",
        "shop.example",
        "//shop.example/",
        "ftp://shop.example/",
        "javascript:alert(1)",
        "https://",
        "https://user@shop.example/",
        "https://shop.example:port/",
        "https:///a"
      })
  void url_ofOtherForm_isRefused(String url) {
    assertThatThrownBy(() -> link(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must begin with http:// or https:// and a host");
  }

  @Test
  void url_ofOtherHostThanPublicOrigin_isRefused() {
    shop.publicOrigin = Origin.parse("https://shop.example");

    assertThat(link("https://SHOP.example/a")).startsWith("https://SHOP.example/a?");
    assertThatThrownBy(() -> link("https://other.example/"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("publicOrigin", "shop.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT59.999S", "-PT1H", "PT168H0.001S", "P36500000D"})
  void duration_notAllowed_isRefused(Duration duration) {
    shop.previewSecret = SECRET;
    assertThatThrownBy(
            () -> shop.service().previewLink("http://localhost/", "banner", "on", duration))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from one minute to seven days");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1M", "P7D"})
  void duration_atItsBound_isAllowed(Duration duration) {
    shop.previewSecret = SECRET;
    assertThat(shop.service().previewLink("http://localhost/", "banner", "on", duration))
        .isNotEmpty();
  }

  @Test
  void feature_notInDataFile_isRefusedWithTheFeatures() {
    shop.previewSecret = SECRET;
    shop.decisions.features = Set.of("banner", "offer");

    assertThatThrownBy(() -> shop.service().previewLink("http://a/", "nosuch", "on", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its features are banner, offer");
    assertThatThrownBy(() -> shop.service().previewLink("http://a/", "banner", "nosuch", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("banner", "its variations are off");
  }

  @Test
  void feature_beforeDataFile_isAllowed() {
    shop.previewSecret = SECRET;
    shop.decisions.features = Set.of();

    assertThat(shop.service().previewLink("http://a/", "later", "on", null)).isNotEmpty();
  }

  @Test
  void secret_notSet_isNamed() {
    assertThatThrownBy(() -> shop.service().previewLink("http://a/", "banner", "on", null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("previewSecret");
    assertThatThrownBy(() -> shop.service().previewLink("banner", "on", null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("previewSecret");
  }

  @Test
  void publicOrigin_notSet_isNamed() {
    shop.previewSecret = SECRET;
    assertThatThrownBy(() -> shop.service().previewLink("banner", "on", null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("publicOrigin");
  }

  // ---- the settings, and the real SDK

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
    filter.destroy();
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
    filter.destroy();
  }

  @Test
  void variation_notInRealDataFile_isRefusedWithTheVariations() throws Exception {
    start("src/test/resources/kameleoon/data-file.json");
    VisitorService service = (VisitorService) context.getAttribute(VisitorService.ATTRIBUTE);

    assertThatThrownBy(() -> service.previewLink("https://a.example/", "search", "x", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its variations are classic, off, vector");
    filter.destroy();
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
