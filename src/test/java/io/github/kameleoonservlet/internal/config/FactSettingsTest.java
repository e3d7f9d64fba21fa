package io.github.kameleoonservlet.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.source.AccessRule;
import io.github.kameleoonservlet.internal.source.FactSettings;
import io.github.kameleoonservlet.internal.targeting.Geolocation;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import io.github.kameleoonservlet.testing.RecordedLog;
import jakarta.servlet.ServletException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockServletContext;

/** Tests the settings for the data of decisions. */
class FactSettingsTest {

  private final MockServletContext context = new MockServletContext();
  private final MockFilterConfig filter = new MockFilterConfig(context, "visitor");
  private final Map<String, String> environment = new HashMap<>();
  private final Parameters parameters = new Parameters(filter, environment::get);
  private final MockHttpServletRequest request = new MockHttpServletRequest();

  /** A bean whose properties can be read, except for one that throws. */
  public static final class Customer {
    public String getTier() {
      return "gold";
    }

    public String getSecret() {
      throw new IllegalStateException("customer-4711");
    }
  }

  private enum Tier {
    GOLD
  }

  private FactSettings settings() throws ServletException {
    return Settings.read(parameters).facts();
  }

  private Map<String, List<String>> customData() throws ServletException {
    return settings().customData().values(new IncomingRequest(request, null, false));
  }

  private void assertDeploymentFails(String... quoted) {
    assertThatThrownBy(this::settings)
        .isInstanceOf(ServletException.class)
        .hasMessageContainingAll(quoted);
  }

  // ---- defaults

  @Test
  void facts_nothingSet_areMissing() throws Exception {
    assertThat(settings().forProvider()).isEqualTo(TargetingSettings.NONE);
    assertThat(settings().geolocation()).isNull();
    assertThat(settings().pageTitle()).isNull();
    assertThat(settings().explanations().includes(request)).isFalse();
  }

  @Test
  void settings_allSet_arePassedToProvider() throws Exception {
    filter.addInitParameter("countryHeader", "CF-IPCountry");
    filter.addInitParameter("pageTitle", "request:title");
    filter.addInitParameter("customData.3", "session:tier");
    context.addInitParameter("kameleoon.customData.loyalty tier", "literal");
    filter.addInitParameter("remoteVisitorData", "true");
    filter.addInitParameter("trackPageViews", "true");
    filter.addInitParameter("trackStaticData", "true");

    assertThat(settings().forProvider())
        .isEqualTo(
            new TargetingSettings(true, true, Set.of("3", "loyalty tier"), true, true, true));
    assertThat(parameters.summary())
        .contains("customData.3=session:tier", "customData.loyalty tier=literal");
  }

  @ParameterizedTest
  @ValueSource(strings = {"remoteVisitorData", "trackPageViews", "trackStaticData"})
  void booleanSetting_neitherTrueNorFalse_failsDeployment(String name) {
    filter.addInitParameter(name, "yes");

    assertDeploymentFails(name, "'yes'", "false, true");
  }

  // ---- geolocation

  @Test
  void geolocation_namedHeaders_isRead() throws Exception {
    filter.addInitParameter("countryHeader", "CloudFront-Viewer-Country");
    filter.addInitParameter("regionHeader", "CloudFront-Viewer-Country-Region-Name");
    filter.addInitParameter("cityHeader", "CloudFront-Viewer-City");
    request.addHeader("cloudfront-viewer-country", "FR");
    request.addHeader("cloudfront-viewer-country-region-name", "Brittany");
    request.addHeader("cloudfront-viewer-city", "Rennes");

    assertThat(settings().geolocation().read(request))
        .isEqualTo(new Geolocation("France", "Brittany", "Rennes"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CF IPCountry", "CF-IPCountry:", "Pays\u00e9", "a,b", "\"x\""})
  void geolocation_invalidHeaderName_failsDeployment(String name) {
    filter.addInitParameter("countryHeader", name);

    assertDeploymentFails("countryHeader", name, "the name of a header");
  }

  @ParameterizedTest
  @ValueSource(strings = {"regionHeader", "cityHeader"})
  void geolocation_withoutCountry_failsDeployment(String name) {
    filter.addInitParameter(name, "X-Place");

    assertDeploymentFails(name, "only together with countryHeader");
  }

  // ---- page title

  @Test
  void pageTitle_attributeSet_isRead() throws Exception {
    filter.addInitParameter("pageTitle", "request:page.tier");
    request.setAttribute("page", new Customer());

    assertThat(settings().pageTitle().read(new IncomingRequest(request, null, false)))
        .containsExactly("gold");
  }

  @ParameterizedTest
  @ValueSource(strings = {"title", "header:X-Title", "request:", "request:a..b", "request: a"})
  void pageTitle_invalidAttributeName_failsDeployment(String value) {
    filter.addInitParameter("pageTitle", value);

    assertDeploymentFails("pageTitle", value, "request:<attribute>");
  }

  // ---- custom data: sources

  @Test
  void customData_eachSource_isRead() throws Exception {
    filter.addInitParameter("customData.1", "session:customer.tier");
    filter.addInitParameter("customData.2", "request:channel");
    filter.addInitParameter("customData.3", "header:X-Tenant");
    filter.addInitParameter("customData.4", "cookie:plan");
    filter.addInitParameter("customData.5", "web shop");
    environment.put("STAGE", "staging");
    filter.addInitParameter("customData.stage", "env:STAGE");
    context.addInitParameter("kameleoon.customData.5", "hidden by the init-param");
    request.getSession().setAttribute("customer", new Customer());
    request.setAttribute("channel", "partner");
    request.addHeader("X-Tenant", "acme");
    request.addHeader("Cookie", "a=b; plan=pro; plan=old");

    assertThat(customData())
        .isEqualTo(
            Map.of(
                "1", List.of("gold"),
                "2", List.of("partner"),
                "3", List.of("acme"),
                "4", List.of("pro"),
                "5", List.of("web shop"),
                "stage", List.of("staging")));
  }

  @Test
  void customData_sourceWithoutValue_isMissing() throws Exception {
    filter.addInitParameter("customData.1", "session:customer.tier");
    filter.addInitParameter("customData.2", "request:channel");
    filter.addInitParameter("customData.3", "header:X-Tenant");
    filter.addInitParameter("customData.4", "cookie:plan");
    filter.addInitParameter("customData.5", "env:NOT_SET");
    request.setAttribute("channel", " ");

    assertThat(customData()).isEmpty();
    assertThat(request.getSession(false)).as("no session is created").isNull();
  }

  @Test
  void customData_plainValues_areTexts() throws Exception {
    UUID id = UUID.randomUUID();
    filter.addInitParameter("customData.1", "request:values");
    request.setAttribute("values", new Object[] {"a", 1, 2.5, true, Tier.GOLD, id, 'x', null, ""});

    assertThat(customData().get("1"))
        .containsExactly("a", "1", "2.5", "true", "GOLD", id.toString(), "x");
    request.setAttribute("values", List.of("b", "c"));
    assertThat(customData().get("1")).containsExactly("b", "c");
    request.setAttribute("values", new int[] {7, 8});
    assertThat(customData().get("1")).containsExactly("7", "8");
    request.setAttribute("values", Arrays.asList((Object) null));
    assertThat(customData()).isEmpty();
  }

  @Test
  void customData_otherObject_isMissingAndLoggedOnce() throws Exception {
    filter.addInitParameter("customData.1", "request:customer");
    FactSettings settings = settings();
    request.setAttribute("customer", new Customer());
    try (RecordedLog log = new RecordedLog(Level.WARN)) {
      assertThat(settings.customData().values(new IncomingRequest(request, null, false))).isEmpty();
      assertThat(settings.customData().values(new IncomingRequest(request, null, false))).isEmpty();

      assertThat(log.complaints())
          .singleElement()
          .asString()
          .contains("customData.1", Customer.class.getName(), "name a property");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"request:customer.secret", "request:customer.nothing", "request:failing"})
  void customData_throws_isMissingAndLoggedOnceWithoutValues(String source) throws Exception {
    filter.addInitParameter("customData.1", source);
    filter.addInitParameter("customData.2", "fine");
    FactSettings settings = settings();
    request.setAttribute("customer", new Customer());
    request.setAttribute(
        "failing",
        new java.util.AbstractList<String>() {
          @Override
          public String get(int index) {
            throw new IllegalStateException("customer-4711");
          }

          @Override
          public int size() {
            return 1;
          }
        });
    try (RecordedLog log = new RecordedLog(Level.WARN)) {
      assertThat(settings.customData().values(new IncomingRequest(request, null, false)))
          .isEqualTo(Map.of("2", List.of("fine")));
      assertThat(settings.customData().values(new IncomingRequest(request, null, false)))
          .isEqualTo(Map.of("2", List.of("fine")));

      assertThat(log.complaints())
          .singleElement()
          .asString()
          .contains("customData.1", "Logged once")
          .doesNotContain("4711");
    }
  }

  // ---- custom data: names and values

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "-1", "+1", "03", "1.5", "1,5", "12345678901", " ", " a"})
  void customData_invalidName_failsDeployment(String datum) {
    filter.addInitParameter("customData." + datum, "x");

    assertDeploymentFails("'customData." + datum + "'", "a whole number from 0");
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "'  '",
    "session:",
    "session:a..b",
    "'request: a'",
    "header:",
    "'header:X Y'",
    "cookie:",
    "cookie:a;b",
    "'cookie: a'",
    "header:Cookie",
    "header:authorization",
    "cookie:JSESSIONID"
  })
  void customData_malformedValue_failsDeployment(String value) {
    filter.addInitParameter("customData.1", value);

    assertDeploymentFails("customData.1", "session:<attribute>", "header:<name>", "a literal");
  }

  @Test
  void unknownSetting_refused_listsCustomDataAsKnown() {
    filter.addInitParameter("customDatum.1", "x");

    assertThatThrownBy(this::settings).hasMessageContaining("customData.<index>");
  }

  // ---- explanations

  @Test
  void explainFor_everybody_includesAll() throws Exception {
    filter.addInitParameter("explainFor", "everybody");

    assertThat(settings().explanations().includes(request)).isTrue();
  }

  @Test
  void explainFor_role_includesUsersOfRole() throws Exception {
    context.addInitParameter("kameleoon.explainFor", "tester");

    assertThat(settings().explanations().includes(request)).isFalse();
    request.addUserRole("tester");
    assertThat(settings().explanations().includes(request)).isTrue();
  }

  @Test
  void explainFor_roleCheckThrows_includesNoUser() throws Exception {
    filter.addInitParameter("explainFor", "tester");
    AccessRule readers = settings().explanations();
    MockHttpServletRequest failing =
        new MockHttpServletRequest() {
          @Override
          public boolean isUserInRole(String role) {
            throw new IllegalStateException("user-4711");
          }
        };
    try (RecordedLog log = new RecordedLog(Level.WARN)) {
      assertThat(readers.includes(failing)).isFalse();
      assertThat(readers.includes(failing)).isFalse();

      assertThat(log.complaints())
          .singleElement()
          .asString()
          .contains("explainFor")
          .doesNotContain("4711");
    }
  }
}
