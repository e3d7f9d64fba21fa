package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.RecordedLog;
import io.github.kameleoonservlet.identity.VisitorCode;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class VisitorCookieTest {

  private static final VisitorCode CODE = new VisitorCode("abc");
  private static final BrowserRequest BROWSER = new BrowserRequest(null);

  private final MockHttpServletRequest request = new MockHttpServletRequest();

  @Test
  void set_plain_isHostOnlyLaxAndReadableByScripts() {
    assertThat(new VisitorCookie(BROWSER, null, false, "Lax").set(request, CODE, true))
        .containsExactly("kameleoonVisitorCode=abc; Path=/; Max-Age=32832000; SameSite=Lax");
  }

  @Test
  void set_secureRequest_isSecure() {
    request.setSecure(true);

    assertThat(new VisitorCookie(BROWSER, null, false, "Lax").set(request, CODE, true))
        .containsExactly(
            "kameleoonVisitorCode=abc; Path=/; Max-Age=32832000; SameSite=Lax; Secure");
  }

  @Test
  void set_alwaysSecureAndSameSiteNone_areWritten() {
    assertThat(new VisitorCookie(BROWSER, null, true, "None").set(request, CODE, true))
        .containsExactly(
            "kameleoonVisitorCode=abc; Path=/; Max-Age=32832000; SameSite=None; Secure");
  }

  @Test
  void set_underTheDomain_expiresTheHostOnlyTwinWhenTheCodeChanges() {
    request.setServerName("WWW.shop.example");
    VisitorCookie cookie = new VisitorCookie(BROWSER, "shop.example", false, "Lax");
    String set =
        "kameleoonVisitorCode=abc; Path=/; Domain=shop.example; Max-Age=32832000; SameSite=Lax";

    assertThat(cookie.set(request, CODE, false)).containsExactly(set);
    assertThat(cookie.set(request, CODE, true))
        .containsExactly("kameleoonVisitorCode=; Path=/; Max-Age=0; SameSite=Lax", set);
  }

  @Test
  void set_hostOutsideTheDomain_isHostOnly() {
    request.setServerName("notshop.example");

    assertThat(new VisitorCookie(BROWSER, "shop.example", false, "Lax").set(request, CODE, true))
        .singleElement()
        .asString()
        .doesNotContain("Domain");
  }

  @Test
  void set_publicOrigin_decidesWhichHostItIs() {
    request.setServerName("10.0.0.7");
    BrowserRequest behindProxy = new BrowserRequest(Origin.parse("https://www.shop.example"));

    assertThat(
            new VisitorCookie(behindProxy, "shop.example", false, "Lax").set(request, CODE, false))
        .singleElement()
        .asString()
        .contains("; Domain=shop.example;");
  }

  @Test
  void delete_underTheDomain_expiresBothTwins() {
    request.setServerName("shop.example");

    assertThat(new VisitorCookie(BROWSER, "shop.example", false, "Lax").delete(request))
        .containsExactly(
            "kameleoonVisitorCode=; Path=/; Max-Age=0; SameSite=Lax",
            "kameleoonVisitorCode=; Path=/; Domain=shop.example; Max-Age=0; SameSite=Lax");
    assertThat(new VisitorCookie(BROWSER, null, false, "Lax").delete(request)).hasSize(1);
  }

  @Test
  void set_hostsOutsideTheDomain_areSaidOnce() {
    request.setServerName("elsewhere.example");
    VisitorCookie cookie = new VisitorCookie(BROWSER, "shop.example", false, "Lax");
    try (RecordedLog log = new RecordedLog(Level.DEBUG)) {
      for (int i = 0; i < 3; i++) {
        cookie.set(request, CODE, true);
      }
      assertThat(log.complaints()).singleElement().asString().contains("topLevelDomain");
    }
  }

  @Test
  void companion_goesWhereTheVisitorsGoesAndExpiresItsTwin() {
    request.setServerName("shop.example");

    assertThat(
            new VisitorCookie(BROWSER, "shop.example", false, "Lax")
                .companion(request, "agreed", "yes", 60))
        .containsExactly(
            "agreed=; Path=/; Max-Age=0; SameSite=Lax",
            "agreed=yes; Path=/; Domain=shop.example; Max-Age=60; SameSite=Lax");
    assertThat(
            new VisitorCookie(BROWSER, null, false, "Lax").companion(request, "agreed", "yes", 60))
        .containsExactly("agreed=yes; Path=/; Max-Age=60; SameSite=Lax");
  }
}
