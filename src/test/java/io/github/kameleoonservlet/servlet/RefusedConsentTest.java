package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.internal.visitor.ConsentReader;
import io.github.kameleoonservlet.internal.visitor.RequestVisitor;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests that refused consent deletes the cookie that a browser sent, and changes nothing else. */
class RefusedConsentTest {

  private static final Page PUBLIC_SCRIPT =
      (request, answer) -> {
        answer.setContentType("text/javascript");
        answer.setHeader("Cache-Control", "public, max-age=600");
        answer.getWriter().print("x = 1");
      };

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();

  @BeforeEach
  void refuse() {
    shop.consent = new ConsentReader(true, null, "agreed", "yes");
    browser.cookies.put("agreed", "no");
  }

  @Test
  void script_browserWithoutCookie_staysPublicAndDeletesNothing() {
    MockHttpServletResponse response = browser.send(browser.background("GET"), PUBLIC_SCRIPT);

    assertThat(response.getHeaders("Set-Cookie")).isEmpty();
    assertThat(response.getHeader("Cache-Control")).isEqualTo("public, max-age=600");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mine", "", "<no code>"})
  void script_browserWithCookie_deletesIt(String value) {
    browser.cookies.put("kameleoonVisitorCode", value);

    MockHttpServletResponse response = browser.send(browser.background("GET"), PUBLIC_SCRIPT);

    assertThat(browser.code()).isNull();
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private, max-age=600");
    assertThat(browser.send(browser.background("GET"), PUBLIC_SCRIPT).getHeaders("Set-Cookie"))
        .as("the next time there is nothing to delete")
        .isEmpty();
  }

  @Test
  void script_underDomain_deletesHostOnlyTwin() {
    shop.domain = "shop.example";
    browser.cookies.put("kameleoonVisitorCode", "mine");
    MockHttpServletRequest request = browser.background("GET");
    request.setServerName("www.shop.example");

    assertThat(browser.send(request, PUBLIC_SCRIPT).getHeaders("Set-Cookie")).hasSize(2);
  }

  @Test
  void refusal_cookieWrittenInSameRequest_deletesIt() {
    browser.cookies.put("agreed", "yes");

    MockHttpServletResponse response =
        browser.send(
            browser.background("POST"),
            (request, answer) -> {
              RequestVisitor visitor = (RequestVisitor) request.getAttribute("kameleoonVisitor");
              assertThat(visitor.getCode()).isEqualTo("new-1");
              visitor.scope().forApi().answerConsent(false, null);
            });

    assertThat(browser.code()).isNull();
    assertThat(visitorCookies(response)).singleElement().asString().contains("Max-Age=0");
  }

  private static List<String> visitorCookies(MockHttpServletResponse response) {
    return response.getHeaders("Set-Cookie").stream()
        .filter(header -> header.startsWith("kameleoonVisitorCode="))
        .toList();
  }
}
