package io.github.kameleoonservlet.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletResponse;

class VisitorHeadersTest {

  private static final String MINE = "kameleoonVisitorCode=mine; Path=/";

  private final MockHttpServletResponse response = new MockHttpServletResponse();
  private final VisitorHeaders headers = new VisitorHeaders(response);

  @Test
  void setCookie_otherCookiesPresent_replacesVisitorCookieOnly() {
    response.addHeader("Set-Cookie", "a=1");
    response.addHeader("Set-Cookie", "kameleoonVisitorCode=old; Path=/");
    response.addHeader("Set-Cookie", "b=2");

    headers.setCookie(List.of(MINE));

    assertThat(response.getHeaders("Set-Cookie")).containsExactly("a=1", "b=2", MINE);
    assertThat(headers.hasCookie()).isTrue();
  }

  @Test
  void setCookie_publicResponse_makesResponsePrivate() {
    response.setHeader("Cache-Control", "public, max-age=60");

    headers.setCookie(List.of(MINE));

    assertThat(response.getHeader("Cache-Control")).isEqualTo("private, max-age=60");
    assertThat(headers.caching().isPrivate()).isTrue();
  }

  /** An old filter passes on a response class that was compiled before Servlet 3.0. */
  @Test
  void release_headersNotListed_writesCookieOnce() {
    MockHttpServletResponse answer =
        new MockHttpServletResponse() {
          @Override
          public List<String> getHeaders(String name) {
            return List.of();
          }
        };
    VisitorHeaders held = new VisitorHeaders(answer);
    held.holdBack();
    held.offerCookie(List.of(MINE), () -> {});

    held.release();
    held.release();

    assertThat(answer.getHeaderValues("Set-Cookie")).isEqualTo(List.of(MINE));
    assertThat(held.holdsCookieBack()).isFalse();
  }

  @Test
  void release_headersIgnored_isRepeated() {
    Included answer = new Included();
    answer.setHeader("Cache-Control", "no-cache");
    answer.ignores = true;
    VisitorHeaders held = new VisitorHeaders(answer);
    held.holdBack();
    held.offerCookie(List.of(MINE), () -> {});

    held.release();
    assertThat(held.holdsCookieBack()).isTrue();

    answer.ignores = false;
    held.release();
    assertThat(answer.getHeaders("Set-Cookie")).containsExactly(MINE);
    assertThat(answer.getHeader("Cache-Control")).isEqualTo("private, no-cache");
    assertThat(held.holdsCookieBack()).isFalse();
  }

  @Test
  void release_ignoredHeadersOfApplicationPresent_isRepeated() {
    Included answer = new Included();
    answer.setHeader("Cache-Control", "private, no-cache");
    answer.addHeader("Set-Cookie", "theme=dark");
    answer.ignores = true;
    VisitorHeaders held = new VisitorHeaders(answer);
    held.holdBack();
    held.offerCookie(List.of(MINE), () -> {});

    held.release();
    assertThat(held.holdsCookieBack()).isTrue();

    answer.ignores = false;
    held.release();
    assertThat(answer.getHeaders("Set-Cookie")).containsExactly("theme=dark", MINE);
  }

  @Test
  void release_onlyPrivateAndHeadersIgnored_isRepeated() {
    Included answer = new Included();
    answer.setHeader("Cache-Control", "no-cache");
    answer.ignores = true;
    VisitorHeaders held = new VisitorHeaders(answer);
    held.holdBack();
    held.offerPrivate();

    held.release();
    assertThat(held.caching().isPrivate()).isFalse();

    answer.ignores = false;
    held.release();
    assertThat(answer.getHeader("Cache-Control")).isEqualTo("private, no-cache");
  }

  @Test
  void addCookie_otherCookie_changesNoOtherHeader() {
    headers.addCookie("agreed=yes");

    assertThat(response.getHeaders("Set-Cookie")).containsExactly("agreed=yes");
    assertThat(response.getHeader("Cache-Control")).isNull();
    assertThat(headers.hasCookie()).isFalse();
  }

  @Test
  void restore_noCookieOfLibrary_keepsCookieOfOtherFilter() {
    response.addHeader("Set-Cookie", "kameleoonVisitorCode=another-filters; Path=/");
    response.setHeader("Cache-Control", "public");

    headers.restore();

    assertThat(response.getHeaders("Set-Cookie")).hasSize(1);
    assertThat(response.getHeader("Cache-Control")).isEqualTo("public");
  }

  @Test
  void restore_afterReset_writesCookieAndCacheControl() {
    headers.setCookie(List.of(MINE));
    response.reset();

    headers.restore();

    assertThat(response.getHeaders("Set-Cookie")).containsExactly(MINE);
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private");
  }

  @Test
  void moveTo_otherResponse_writesCookieAndCacheControl() {
    headers.setCookie(List.of(MINE));
    MockHttpServletResponse next = new MockHttpServletResponse();

    headers.moveTo(next);

    assertThat(next.getHeaders("Set-Cookie")).containsExactly(MINE);
    assertThat(next.getHeader("Cache-Control")).isEqualTo("private");
  }

  @Test
  void write_committed_writesNothing() {
    response.setCommitted(true);

    headers.setCookie(List.of(MINE));
    headers.keepPrivate();
    headers.restore();

    assertThat(headers.open()).isFalse();
    assertThat(headers.hasCookie()).isFalse();
    assertThat(headers.caching().isPrivate()).isFalse();
    assertThat(response.getHeaderNames()).isEmpty();
  }

  @Test
  void restore_committed_writesNothing() {
    headers.setCookie(List.of(MINE));
    response.setHeader("Cache-Control", "public");
    response.setCommitted(true);

    headers.restore();

    assertThat(response.getHeader("Cache-Control")).isEqualTo("public");
  }

  @ParameterizedTest
  @CsvSource({
    "CDN-Cache-Control, no-store",
    "Cloudflare-CDN-Cache-Control, no-store",
    "Akamai-Cache-Control, no-store",
    "surrogate-control, no-store",
    "Edge-Control, no-store",
    "X-Accel-Expires, 0"
  })
  void keepPrivate_sharedCacheHeader_disablesSharedCaching(String name, String off) {
    response.setHeader(name, "600");

    headers.keepPrivate();
    assertThat(response.getHeader(name)).isEqualTo(off);

    VisitorResponse answer = new VisitorResponse(response, headers, UnreadVisitor.INSTANCE);
    answer.setHeader(name, "600");
    answer.addHeader(name, "600");
    answer.setIntHeader(name, 600);
    answer.addIntHeader(name, 600);
    assertThat(response.getHeaders(name)).containsExactly(off);
  }

  @Test
  void keepPrivate_sharedCacheHeaderSetBehindWrapper_disablesItAgain() {
    headers.keepPrivate();
    headers.bypassed();

    response.setHeader("CDN-Cache-Control", "max-age=600");
    headers.keepPrivate();

    assertThat(response.getHeaders("CDN-Cache-Control")).containsExactly("no-store");
  }

  @Test
  void keepPrivate_sharedCachingAlreadyOff_leavesHeadersUnchanged() {
    headers.keepPrivate();
    headers.bypassed();
    response.setHeader("Surrogate-Control", "no-store");
    response.addHeader("X-Theirs", "1");

    headers.keepPrivate();

    assertThat(response.getHeaders("Surrogate-Control")).containsExactly("no-store");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private");
    assertThat(response.getHeader("X-Theirs")).isEqualTo("1");
    assertThat(headers.caching().owner()).isEqualTo(CacheHeaders.Owner.LIBRARY);
  }

  @ParameterizedTest
  @CsvSource({
    "text/html, true",
    "' TEXT/HTML;charset=UTF-8', true",
    "application/xhtml+xml, true",
    "application/json, false",
    "text/css, false",
    ", true"
  })
  void begin_pageOrUnknownType_isPrivate(String type, boolean kept) {
    headers.expectPage();

    headers.begin(type);

    assertThat(headers.caching().isPrivate()).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({"text/html, true", "application/json, false", ", false"})
  void end_page_isPrivate(String type, boolean kept) {
    headers.expectPage();

    headers.end(type);

    assertThat(headers.caching().isPrivate()).isEqualTo(kept);
  }

  @Test
  void begin_noPageExpected_leavesResponseUnchanged() {
    headers.begin("text/html");

    assertThat(headers.caching().isPrivate()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "text/html, true",
    "application/pdf, false",
    "'application/ld+json; charset=UTF-8', false",
    ", true",
    "'', true",
    "html, true",
    "*/*, true",
    "text/, true"
  })
  void begin_cookieHeldBack_writesItForPageOrUnknownType(String type, boolean written) {
    headers.holdBack();
    headers.offerCookie(List.of(MINE), () -> {});

    headers.begin(type);

    assertThat(headers.hasCookie()).isEqualTo(written);
    assertThat(headers.caching().isPrivate()).isEqualTo(written);
    assertThat(headers.holdsCookieBack()).isEqualTo(!written);
  }

  @Test
  void mediaType_changedBeforeBodyBegins_decidesNothing() {
    headers.holdBack();
    headers.offerCookie(List.of(MINE), () -> {});

    VisitorResponse answer = new VisitorResponse(response, headers, UnreadVisitor.INSTANCE);
    answer.setContentType("text/html");
    headers.begin("application/pdf");
    assertThat(response.getHeaderNames()).containsExactly("Content-Type");

    answer.setContentType("text/html");
    assertThat(response.getHeaders("Set-Cookie")).containsExactly(MINE);
  }

  @Test
  void release_onlyPrivateHeldBack_writesNoCookie() {
    headers.holdBack();
    headers.offerPrivate();
    assertThat(response.getHeaderNames()).isEmpty();

    headers.release();

    assertThat(response.getHeaderNames()).containsExactly("Cache-Control");
  }

  @Test
  void offerCookie_nothingHeldBack_reportsWrittenCookieOnly() {
    List<String> written = new ArrayList<>();
    headers.offerCookie(List.of(MINE), () -> written.add("open"));
    response.setCommitted(true);

    headers.offerCookie(List.of(MINE), () -> written.add("committed"));

    assertThat(written).containsExactly("open");
    assertThat(response.getHeaders("Set-Cookie")).containsExactly(MINE);
  }

  @Test
  void awaitsMediaType_whileTypeDecides_isTrue() {
    assertThat(headers.awaitsMediaType(null)).isFalse();

    headers.expectPage();
    assertThat(headers.awaitsMediaType(null)).isTrue();
    assertThat(headers.awaitsMediaType("text/html")).isFalse();

    headers.keepPrivate();
    assertThat(headers.awaitsMediaType(null)).isFalse();

    headers.holdBack();
    assertThat(headers.awaitsMediaType(null)).isTrue();
  }

  @Test
  void offerPrivate_nothingHeldBack_isWrittenAtOnce() {
    headers.offerPrivate();

    assertThat(response.getHeader("Cache-Control")).isEqualTo("private");
  }

  @Test
  void setCookie_otherCookieHeldBack_replacesOtherCookie() {
    headers.holdBack();
    headers.offerCookie(List.of("kameleoonVisitorCode=another; Path=/"), () -> {});

    headers.setCookie(List.of(MINE));
    headers.release();

    assertThat(response.getHeaders("Set-Cookie")).containsExactly(MINE);
  }

  @Test
  void release_committed_missesCookie() {
    headers.holdBack();
    headers.offerCookie(List.of(MINE), () -> {});
    assertThat(headers.missedCookie()).isFalse();
    response.setCommitted(true);

    headers.release();

    assertThat(headers.missedCookie()).isTrue();
    assertThat(response.getHeaderNames()).isEmpty();
  }

  @Test
  void keepPrivate_noSharedCacheHeader_addsCacheControlOnly() {
    headers.keepPrivate();

    assertThat(response.getHeaderNames()).containsExactly("Cache-Control");
  }

  /** A response that ignores headers of an included page, as in Undertow. */
  private static final class Included extends MockHttpServletResponse {
    boolean ignores;

    @Override
    public void addHeader(String name, String value) {
      if (!ignores) {
        super.addHeader(name, value);
      }
    }

    @Override
    public void setHeader(String name, String value) {
      if (!ignores) {
        super.setHeader(name, value);
      }
    }
  }

  @Test
  void previewCookie_setAgainAndReset_isWrittenOnce() {
    MockHttpServletResponse container = new MockHttpServletResponse();
    VisitorHeaders preview = new VisitorHeaders(container);
    container.addHeader("Set-Cookie", "other=1");
    preview.setPreviewCookie("kameleoonPreview=a; Path=/");
    preview.setPreviewCookie("kameleoonPreview=b; Path=/");
    assertThat(container.getHeaders("Set-Cookie"))
        .containsExactly("other=1", "kameleoonPreview=b; Path=/");

    container.reset();
    preview.restore();
    preview.restore();

    assertThat(container.getHeaders("Set-Cookie")).containsExactly("kameleoonPreview=b; Path=/");
  }

  @Test
  void previewCookie_errorPage_hasCookie() {
    VisitorHeaders preview = new VisitorHeaders(new MockHttpServletResponse());
    preview.setPreviewCookie("kameleoonPreview=a; Path=/");
    MockHttpServletResponse errorPage = new MockHttpServletResponse();

    preview.moveTo(errorPage);

    assertThat(errorPage.getHeaders("Set-Cookie")).containsExactly("kameleoonPreview=a; Path=/");
  }

  @Test
  void silent_preview_writesNothing() {
    MockHttpServletResponse container = new MockHttpServletResponse();
    VisitorHeaders silent = VisitorHeaders.silent(container);

    silent.setPreviewCookie("kameleoonPreview=a; Path=/");
    silent.forbidStoring();
    silent.restore();

    assertThat(container.getHeaderNames()).isEmpty();
  }
}
