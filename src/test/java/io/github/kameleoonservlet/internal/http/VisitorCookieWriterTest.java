package io.github.kameleoonservlet.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class VisitorCookieWriterTest {

  private static final VisitorCode CODE = new VisitorCode("abc");

  private final MockHttpServletRequest request = new MockHttpServletRequest();

  private IncomingRequest incoming() {
    return new IncomingRequest(request, null, false);
  }

  private RequestKind kind() {
    return new RequestKind(request, null);
  }

  @Test
  void set_defaults_isHostOnlyLaxAndReadableByScripts() {
    assertThat(new VisitorCookieWriter(List.of(), false, "Lax").set(incoming(), CODE, true).lines())
        .containsExactly("kameleoonVisitorCode=abc; Path=/; Max-Age=32832000; SameSite=Lax");
  }

  @Test
  void set_secureRequest_isSecure() {
    request.setSecure(true);

    assertThat(new VisitorCookieWriter(List.of(), false, "Lax").set(incoming(), CODE, true).lines())
        .containsExactly(
            "kameleoonVisitorCode=abc; Path=/; Max-Age=32832000; SameSite=Lax; Secure");
  }

  @Test
  void set_alwaysSecureAndSameSiteNone_areWritten() {
    assertThat(new VisitorCookieWriter(List.of(), true, "None").set(incoming(), CODE, true).lines())
        .containsExactly(
            "kameleoonVisitorCode=abc; Path=/; Max-Age=32832000; SameSite=None; Secure");
  }

  @Test
  void ofSession_isOfHostAndHiddenFromScripts() {
    assertThat(
            new VisitorCookieWriter(List.of("localhost"), false, "None")
                .ofSession(kind(), "kameleoonPreview", "1.a.b"))
        .isEqualTo("kameleoonPreview=1.a.b; Path=/; HttpOnly; SameSite=Lax");
  }

  @Test
  void ofSession_withoutValue_deletes() {
    request.setSecure(true);
    assertThat(
            new VisitorCookieWriter(List.of(), false, "Lax")
                .ofSession(kind(), "kameleoonPreview", ""))
        .isEqualTo("kameleoonPreview=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure");
  }

  @Test
  void ofSession_alwaysSecure_isSecure() {
    assertThat(
            new VisitorCookieWriter(List.of(), true, "Lax")
                .ofSession(kind(), "kameleoonPreview", "1.a.b"))
        .endsWith("; SameSite=Lax; Secure");
  }

  /** Browsers would keep a partitioned cookie beside an unpartitioned one, and send both. */
  @Test
  void set_inFrameOfOtherSite_isNotPartitioned() {
    request.addHeader("Sec-Fetch-Site", "cross-site");
    request.addHeader("Sec-Fetch-Dest", "iframe");

    assertThat(new VisitorCookieWriter(List.of(), true, "None").set(incoming(), CODE, true).lines())
        .singleElement()
        .asString()
        .endsWith("; SameSite=None; Secure");
  }

  @Test
  void set_underDomainAndCodeChanges_expiresHostOnlyTwin() {
    request.setServerName("WWW.shop.example");
    VisitorCookieWriter cookie = new VisitorCookieWriter(List.of("shop.example"), false, "Lax");
    String set =
        "kameleoonVisitorCode=abc; Path=/; Domain=shop.example; Max-Age=32832000; SameSite=Lax";

    assertThat(cookie.set(incoming(), CODE, false).lines()).containsExactly(set);
    assertThat(cookie.set(incoming(), CODE, true).lines())
        .containsExactly("kameleoonVisitorCode=; Path=/; Max-Age=0; SameSite=Lax", set);
  }

  @ParameterizedTest
  @CsvSource({
    "www.shop.example,     shop.example",
    "shop.example,         shop.example",
    "Magasin.Example,      magasin.example",
    "a.eu.shop.example,    eu.shop.example",
    "eu.shop.example,      eu.shop.example",
    "neu.shop.example,     shop.example"
  })
  void set_severalDomains_usesLongestThatMatchesHost(String host, String domain) {
    request.setServerName(host);
    List<String> domains = List.of("shop.example", "magasin.example", "eu.shop.example");

    assertThat(new VisitorCookieWriter(domains, false, "Lax").set(incoming(), CODE, false).lines())
        .containsExactly(
            "kameleoonVisitorCode=abc; Path=/; Domain="
                + domain
                + "; Max-Age=32832000; SameSite=Lax");
  }

  @Test
  void set_hostOutsideAllDomains_isHostOnlyAndLogsDomains() {
    request.setServerName("elsewhere.example");
    List<String> domains = List.of("shop.example", "magasin.example");
    try (RecordedLog log = new RecordedLog(Level.DEBUG)) {
      assertThat(new VisitorCookieWriter(domains, false, "Lax").set(incoming(), CODE, true).lines())
          .singleElement()
          .asString()
          .doesNotContain("Domain");
      assertThat(log.complaints())
          .singleElement()
          .asString()
          .contains("topLevelDomain=", "shop.example", "magasin.example");
    }
  }

  @Test
  void set_hostOutsideDomain_isHostOnly() {
    request.setServerName("notshop.example");

    assertThat(
            new VisitorCookieWriter(List.of("shop.example"), false, "Lax")
                .set(incoming(), CODE, true)
                .lines())
        .singleElement()
        .asString()
        .doesNotContain("Domain");
  }

  @Test
  void set_publicOrigin_usesHostOfOrigin() {
    request.setServerName("10.0.0.7");
    Origin origin = Origin.parse("https://www.shop.example");

    assertThat(
            new VisitorCookieWriter(List.of("shop.example"), false, "Lax")
                .set(new IncomingRequest(request, origin, false), CODE, false)
                .lines())
        .singleElement()
        .asString()
        .contains("; Domain=shop.example;");
  }

  @Test
  void delete_underDomain_expiresDomainAndHostOnlyCookie() {
    request.setServerName("shop.example");

    assertThat(new VisitorCookieWriter(List.of("shop.example"), false, "Lax").delete(kind()))
        .containsExactly(
            "kameleoonVisitorCode=; Path=/; Max-Age=0; SameSite=Lax",
            "kameleoonVisitorCode=; Path=/; Domain=shop.example; Max-Age=0; SameSite=Lax");
    assertThat(new VisitorCookieWriter(List.of(), false, "Lax").delete(kind())).hasSize(1);
  }

  @Test
  void set_manyHostsOutsideDomain_logsOneWarn() {
    request.setServerName("elsewhere.example");
    VisitorCookieWriter cookie = new VisitorCookieWriter(List.of("shop.example"), false, "Lax");
    try (RecordedLog log = new RecordedLog(Level.DEBUG)) {
      for (int i = 0; i < 3; i++) {
        cookie.set(incoming(), CODE, true);
      }
      assertThat(log.complaints()).singleElement().asString().contains("topLevelDomain");
    }
  }

  @Test
  void companion_underDomain_hasDomainAndExpiresHostOnlyTwin() {
    request.setServerName("shop.example");

    assertThat(
            new VisitorCookieWriter(List.of("shop.example"), false, "Lax")
                .companion(kind(), "agreed", "yes", 60))
        .containsExactly(
            "agreed=; Path=/; Max-Age=0; SameSite=Lax",
            "agreed=yes; Path=/; Domain=shop.example; Max-Age=60; SameSite=Lax");
    assertThat(
            new VisitorCookieWriter(List.of(), false, "Lax").companion(kind(), "agreed", "yes", 60))
        .containsExactly("agreed=yes; Path=/; Max-Age=60; SameSite=Lax");
  }
}
