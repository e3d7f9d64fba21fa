package io.github.kameleoonservlet.servlet;

import static io.github.kameleoonservlet.servlet.StatusShop.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.AccessDecider;
import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.internal.status.StatusSource;
import io.github.kameleoonservlet.testing.RecordedLog;
import jakarta.servlet.ServletException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests who sees the status, and what every other caller sees. */
class StatusAccessTest {

  private final StatusShop shop = new StatusShop();

  @AfterEach
  void stop() {
    shop.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /",
    "GET, ''",
    "GET, /status.json",
    "GET, /style.css",
    "GET, /no/such/page",
    "POST, /preview",
    "POST, /health",
    "DELETE, /",
    "OPTIONS, /",
    "TRACE, /"
  })
  void callerWithoutRole_anyPath_getsTheSamePage(String method, String path) throws Exception {
    MockHttpServletResponse first = shop.send(shop.request("GET", "/"));
    MockHttpServletResponse response = shop.send(shop.request(method, path));

    assertThat(response.getStatus()).isEqualTo(403);
    assertThat(text(response))
        .isEqualTo(text(first))
        .contains("role", AccessDecider.class.getName(), "KameleoonStatusServlet")
        .doesNotContain("spring-offer", "visitor</code>", "READY", StatusShop.ROLE);
    assertThat(response.getHeaderNames())
        .containsExactlyInAnyOrderElementsOf(first.getHeaderNames());
  }

  @Test
  void role_missing_closesThePageForAll() throws Exception {
    shop.servletSettings.clear();

    assertThat(shop.get("/").getStatus()).isEqualTo(403);
  }

  @Test
  void role_ofCaller_opensThePage() throws Exception {
    assertThat(shop.get("/").getStatus()).isEqualTo(200);
    assertThat(text(shop.get("/"))).contains("Kameleoon status");
  }

  @Test
  void decider_ofApplication_opensThePage() throws Exception {
    shop.servletSettings.put("role", StatusShop.HeaderDecider.class.getName());
    MockHttpServletRequest request = shop.request("GET", "/");
    assertThat(shop.send(shop.request("GET", "/")).getStatus()).isEqualTo(403);

    request.addHeader("X-Operator", "yes");
    assertThat(shop.send(request).getStatus()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "role, everybody, 'role'",
    "role, com.example.Missing, com.example.Missing",
    "roles, operator, 'roles'"
  })
  void initParam_wrong_failsStartOfFilterWithMessage(String name, String value, String message) {
    shop.servletSettings.clear();
    shop.servletSettings.put(name, value);

    assertThatThrownBy(shop::startFilter)
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("servlet 'status'")
        .hasMessageContaining(message);
  }

  @Test
  void health_anyCaller_showsStatesOnly() throws Exception {
    MockHttpServletResponse response = shop.send(shop.request("GET", "/health"));

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getContentType()).isEqualTo("application/json");
    assertThat(text(response))
        .matches("\\{\"status\":\"UP\",\"platform\":\"READY\",\"store\":\"(OPENING|REACHABLE)\"}");
  }

  @Test
  void health_withoutFilter_isUp() throws Exception {
    assertThat(text(shop.withoutFilter(shop.request("GET", "/health"))))
        .isEqualTo("{\"status\":\"UP\",\"platform\":\"NO_FILTER\",\"store\":\"NO_FILTER\"}");
  }

  @Test
  void page_withoutFilter_explainsToOperatorsOnly() throws Exception {
    assertThat(shop.withoutFilter(shop.request("GET", "/")).getStatus()).isEqualTo(403);
    MockHttpServletResponse response = shop.withoutFilter(shop.operator("GET", "/"));

    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(text(response)).contains("KameleoonVisitorFilter", "web.xml");
  }

  @Test
  void page_forwardedByApplication_isThatOfTheFilter() throws Exception {
    MockHttpServletResponse response = shop.forward("/admin/status", "/status.json");

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(text(response)).contains("\"filter\":\"visitor\"");
  }

  @Test
  void pageOfApplication_anyCaller_getsNoSource() throws Exception {
    assertThat(shop.openPage("/cart", null).getAttribute(StatusSource.class.getName())).isNull();
  }

  @Test
  void page_filterWithOldJar_explains() throws Exception {
    OldJarMark.set(shop.context);
    MockHttpServletResponse response = shop.withoutFilter(shop.operator("GET", "/"));

    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(text(response)).contains("too old");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/other", "/status", "/health/more", "//"})
  void unknownPath_ofOperator_is404(String path) throws Exception {
    assertThat(shop.get(path).getStatus()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"})
  void otherMethod_ofOperator_is405(String method) throws Exception {
    MockHttpServletResponse response = shop.send(shop.operator(method, "/"));

    assertThat(response.getStatus()).isEqualTo(405);
    assertThat(response.getHeader("Allow")).contains("GET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/status.json", "/other"})
  void answer_ofOperator_isKeptByNoCacheAndNoFrame(String path) throws Exception {
    MockHttpServletResponse response = shop.get(path);

    assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(response.getHeader("Referrer-Policy")).isEqualTo("strict-origin");
    assertThat(response.getHeader("Content-Security-Policy"))
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "script-src");
  }

  @Test
  void styleSheet_ofOperator_isKeptByBrowser() throws Exception {
    MockHttpServletResponse response = shop.get("/style.css");

    assertThat(response.getContentType()).isEqualTo("text/css;charset=UTF-8");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private, max-age=3600");
    assertThat(text(response)).contains("prefers-color-scheme: dark");
  }

  @Test
  void request_toStatus_hasNoVisitorAndNoSession() throws Exception {
    MockHttpServletRequest request = shop.operator("GET", "/");
    request.addHeader("Cookie", "kameleoonVisitorCode=mine-1");
    request.setParameter("code", "");
    MockHttpServletResponse response = shop.send(request);

    assertThat(request.getAttribute(Visitor.ATTRIBUTE)).isNull();
    assertThat(request.getSession(false)).isNull();
    assertThat(response.getHeaders("Set-Cookie"))
        .noneMatch(cookie -> cookie.startsWith("kameleoonVisitorCode"));
    assertThat(text(response)).contains("mine-1");
  }

  @Test
  void answers_anyCaller_logNoWarning() throws Exception {
    shop.start();
    try (RecordedLog log = new RecordedLog(Level.WARN)) {
      for (String path : List.of("/", "/status.json", "/health", "/other")) {
        shop.send(shop.request("GET", path));
        shop.get(path);
      }

      assertThat(log.complaints()).isEmpty();
    }
  }
}
