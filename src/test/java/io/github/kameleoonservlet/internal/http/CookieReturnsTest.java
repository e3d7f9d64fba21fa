package io.github.kameleoonservlet.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.servlet.KameleoonVisitorFilter;
import io.github.kameleoonservlet.servlet.TestShop;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class CookieReturnsTest {

  private static final VisitorCode CODE = new VisitorCode("abc");

  private final VisitorCookieWriter cookie =
      new VisitorCookieWriter(List.of("co.uk", "shop.example"), false, "Lax");

  @Test
  void publicSuffix_noCookieReturned_logsOneWarnWithCure() {
    try (RecordedLog log = new RecordedLog(Level.DEBUG)) {
      answer("shop.co.uk", CookieReturns.ENOUGH - 1);
      assertThat(log.complaints()).isEmpty();
      answer("shop.co.uk", 3 * CookieReturns.ENOUGH);

      assertThat(log.complaints())
          .singleElement()
          .asString()
          .contains("Domain=co.uk", "public suffix", "topLevelDomain");
    }
  }

  @Test
  void hostOnly_noCookieReturned_logsWarnThatNamesProxies() {
    VisitorCookieWriter hostOnly = new VisitorCookieWriter(List.of(), false, "Lax");
    try (RecordedLog log = new RecordedLog(Level.DEBUG)) {
      for (int i = 0; i < CookieReturns.ENOUGH; i++) {
        hostOnly
            .set(new IncomingRequest(link("shop.example"), null, false), CODE, false)
            .whenWritten()
            .run();
      }

      assertThat(log.complaints())
          .singleElement()
          .asString()
          .contains("proxy")
          .doesNotContain("topLevelDomain", "abc");
    }
  }

  @Test
  void oneCookie_returned_endsWatchOfItsDomainOnly() {
    MockHttpServletRequest returning = link("www.shop.example");
    returning.addHeader("Cookie", "kameleoonVisitorCode=abc");
    try (RecordedLog log = new RecordedLog(Level.DEBUG)) {
      cookie.set(new IncomingRequest(returning, null, false), CODE, false).whenWritten().run();
      answer("www.shop.example", 2 * CookieReturns.ENOUGH);
      assertThat(log.complaints()).isEmpty();
      answer("shop.co.uk", CookieReturns.ENOUGH);

      assertThat(log.complaints()).singleElement().asString().contains("co.uk");
    }
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    ",            ,         ", // crawlers, health checks
    "none,        navigate, document", // a typed address
    "cross-site,  navigate, document", // a link of a search engine
    "same-site,   navigate, document", // a link of another host of the domain
    "same-origin, cors,     empty", // a script of a cached page
    "same-origin, navigate, iframe" // a link within a foreign frame, which gets no Lax cookie
  })
  void request_withoutProofOfEarlierPage_doesNotCount(String site, String mode, String dest) {
    try (RecordedLog log = new RecordedLog(Level.DEBUG)) {
      for (int i = 0; i < 2 * CookieReturns.ENOUGH; i++) {
        cookie
            .set(
                new IncomingRequest(request("shop.co.uk", site, mode, dest), null, false),
                CODE,
                false)
            .whenWritten()
            .run();
      }

      assertThat(log.complaints()).isEmpty();
    }
  }

  @Test
  void invalidCookie_sentOnce_doesNotEndWatch() {
    MockHttpServletRequest stranger = link("www.shop.example");
    stranger.addHeader("Cookie", "kameleoonVisitorCode=<x>");
    try (RecordedLog log = new RecordedLog(Level.DEBUG)) {
      cookie.set(new IncomingRequest(stranger, null, false), CODE, false).whenWritten().run();
      answer("www.shop.example", CookieReturns.ENOUGH);

      assertThat(log.complaints()).hasSize(1);
    }
  }

  @Test
  void fileNavigations_withoutCookieInResponse_doNotCount() {
    TestShop shop = new TestShop();
    KameleoonVisitorFilter filter = shop.filter();
    try (RecordedLog log = new RecordedLog(Level.DEBUG)) {
      for (int i = 0; i < 2 * CookieReturns.ENOUGH; i++) {
        shop.new Browser()
            .send(
                filter,
                link("shop.example"),
                (request, answer) -> answer.setContentType("application/pdf"));
      }
      assertThat(log.complaints()).isEmpty();

      for (int i = 0; i < CookieReturns.ENOUGH; i++) {
        shop.new Browser()
            .send(
                filter,
                link("shop.example"),
                (request, answer) -> answer.setContentType("text/html"));
      }
      assertThat(log.complaints()).singleElement().asString().contains("proxy");
    }
  }

  @Test
  void manyThreads_atOnce_logOneWarn() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    CountDownLatch start = new CountDownLatch(1);
    try (RecordedLog log = new RecordedLog(Level.DEBUG)) {
      for (int i = 0; i < 8; i++) {
        threads.submit(
            () -> {
              start.await();
              answer("shop.co.uk", CookieReturns.ENOUGH);
              return null;
            });
      }
      start.countDown();
      threads.shutdown();
      assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

      assertThat(log.complaints()).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  private void answer(String host, int times) {
    for (int i = 0; i < times; i++) {
      cookie.set(new IncomingRequest(link(host), null, false), CODE, false).whenWritten().run();
    }
  }

  private static MockHttpServletRequest link(String host) {
    return request(host, "same-origin", "navigate", "document");
  }

  private static MockHttpServletRequest request(
      String host, String site, String mode, String dest) {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
    request.setServerName(host);
    if (site != null) {
      request.addHeader("Sec-Fetch-Site", site);
      request.addHeader("Sec-Fetch-Mode", mode);
      request.addHeader("Sec-Fetch-Dest", dest);
    }
    return request;
  }
}
