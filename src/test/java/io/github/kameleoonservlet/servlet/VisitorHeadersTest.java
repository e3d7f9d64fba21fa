package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

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
  void setCookie_replacesTheVisitorsAndKeepsTheOthers() {
    response.addHeader("Set-Cookie", "a=1");
    response.addHeader("Set-Cookie", "kameleoonVisitorCode=old; Path=/");
    response.addHeader("Set-Cookie", "b=2");

    headers.setCookie(List.of(MINE));

    assertThat(response.getHeaders("Set-Cookie")).containsExactly("a=1", "b=2", MINE);
    assertThat(headers.hasCookie()).isTrue();
  }

  @Test
  void setCookie_keepsTheAnswerOutOfSharedCaches() {
    response.setHeader("Cache-Control", "public, max-age=60");

    headers.setCookie(List.of(MINE));

    assertThat(response.getHeader("Cache-Control")).isEqualTo("private, max-age=60");
    assertThat(headers.isPrivate()).isTrue();
  }

  @Test
  void addCookie_isAnotherOneAndNothingMore() {
    headers.addCookie("agreed=yes");

    assertThat(response.getHeaders("Set-Cookie")).containsExactly("agreed=yes");
    assertThat(response.getHeader("Cache-Control")).isNull();
    assertThat(headers.hasCookie()).isFalse();
  }

  @Test
  void writeAgain_withoutACookieOfOurs_leavesAnothers() {
    response.addHeader("Set-Cookie", "kameleoonVisitorCode=another-filters; Path=/");
    response.setHeader("Cache-Control", "public");

    headers.writeAgain();

    assertThat(response.getHeaders("Set-Cookie")).hasSize(1);
    assertThat(response.getHeader("Cache-Control")).isEqualTo("public");
  }

  @Test
  void writeAgain_afterAReset_writesBoth() {
    headers.setCookie(List.of(MINE));
    response.reset();

    headers.writeAgain();

    assertThat(response.getHeaders("Set-Cookie")).containsExactly(MINE);
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private");
  }

  @Test
  void moveTo_writesBothToTheOtherResponse() {
    headers.setCookie(List.of(MINE));
    MockHttpServletResponse next = new MockHttpServletResponse();

    headers.moveTo(next);

    assertThat(next.getHeaders("Set-Cookie")).containsExactly(MINE);
    assertThat(next.getHeader("Cache-Control")).isEqualTo("private");
  }

  @Test
  void committed_nothingIsWritten() {
    response.setCommitted(true);

    headers.setCookie(List.of(MINE));
    headers.keepPrivate();
    headers.writeAgain();

    assertThat(headers.open()).isFalse();
    assertThat(headers.hasCookie()).isFalse();
    assertThat(headers.isPrivate()).isFalse();
    assertThat(response.getHeaderNames()).isEmpty();
  }

  @Test
  void committedAfterwards_nothingIsWrittenAgain() {
    headers.setCookie(List.of(MINE));
    response.setHeader("Cache-Control", "public");
    response.setCommitted(true);

    headers.writeAgain();

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
  void keepPrivate_turnsOffWhatSharedCachesObeyFirst(String name, String off) {
    response.setHeader(name, "600");

    headers.keepPrivate();
    assertThat(response.getHeader(name)).isEqualTo(off);

    VisitorResponse answer = new VisitorResponse(response, headers);
    answer.setHeader(name, "600");
    answer.addHeader(name, "600");
    answer.setIntHeader(name, 600);
    answer.addIntHeader(name, 600);
    assertThat(response.getHeaders(name)).containsExactly(off);
  }

  @Test
  void keepPrivate_pastOurWrapper_turnsOffAgainWhatSharedCachesObeyFirst() {
    headers.keepPrivate();
    headers.unguarded();

    response.setHeader("CDN-Cache-Control", "max-age=600");
    headers.keepPrivate();

    assertThat(response.getHeaders("CDN-Cache-Control")).containsExactly("no-store");
  }

  @Test
  void keepPrivate_pastOurWrapper_leavesWhatIsOff() {
    headers.keepPrivate();
    headers.unguarded();
    response.setHeader("Surrogate-Control", "no-store");
    response.addHeader("X-Theirs", "1");

    headers.keepPrivate();

    assertThat(response.getHeaders("Surrogate-Control")).containsExactly("no-store");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private");
    assertThat(response.getHeader("X-Theirs")).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({
    "text/html, true",
    "' TEXT/HTML;charset=UTF-8', true",
    "application/xhtml+xml, true",
    "application/json, false",
    "text/css, false",
    ", false"
  })
  void mediaType_ofAPage_keepsItOutOfSharedCaches(String type, boolean kept) {
    headers.expectPage();

    headers.mediaTypeIs(type);

    assertThat(headers.isPrivate()).isEqualTo(kept);
  }

  @Test
  void mediaType_whereNoPageIsExpected_isTheApplications() {
    headers.mediaTypeIs("text/html");

    assertThat(headers.isPrivate()).isFalse();
  }

  @Test
  void keepPrivate_addsNoHeaderOfACache() {
    headers.keepPrivate();

    assertThat(response.getHeaderNames()).containsExactly("Cache-Control");
  }
}
