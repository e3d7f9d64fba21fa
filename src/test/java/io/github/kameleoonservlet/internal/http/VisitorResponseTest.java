package io.github.kameleoonservlet.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

class VisitorResponseTest {

  private static final String MINE = "kameleoonVisitorCode=mine; Path=/";

  private final MockHttpServletResponse server = new MockHttpServletResponse();

  private final HttpServletResponseWrapper first = new HttpServletResponseWrapper(server);

  /**
   * The wrapper of an earlier filter, such as Spring Security's, which reads the wrapped response
   * at the end of the request.
   */
  private final HttpServletResponseWrapper before = new HttpServletResponseWrapper(first);

  private final VisitorHeaders headers = new VisitorHeaders(before);
  private final HttpServletResponse answer =
      ResponseChain.wrap(before, headers, UnreadVisitor.INSTANCE);

  @Test
  void cacheControl_ofLibraryOnly_isHiddenFromApplication() {
    headers.setCookie(List.of(MINE));

    for (HttpServletResponse asked : List.of(answer, before)) {
      assertThat(asked.containsHeader("cache-control")).isFalse();
      assertThat(asked.getHeader("Cache-Control")).isNull();
      assertThat(asked.getHeaders("Cache-Control")).isEmpty();
      assertThat(asked.getHeaderNames()).containsExactly("Set-Cookie");
    }
    assertThat(server.getHeaders("Cache-Control")).containsExactly("private");
  }

  /**
   * An earlier filter keeps its wrapper for the error page, below another response of the filter.
   */
  @Test
  void moveTo_responseDelegatesToVisitorResponse_writesHeaders() {
    HttpServletResponse noWrapper =
        (HttpServletResponse)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> method.invoke(before, arguments));
    headers.setCookie(List.of(MINE));

    headers.moveTo(noWrapper);

    assertThat(noWrapper.getHeader("Set-Cookie")).isEqualTo(MINE);
    assertThat(server.getHeaders("Cache-Control")).containsExactly("private");
  }

  @Test
  void earlierFilter_writesIfHeaderIsAbsent_writesHeader() {
    headers.keepPrivate();

    noStoreWhereThereIsNone((HttpServletResponse) before.getResponse());

    assertThat(server.getHeaders("Cache-Control")).containsExactly("private, no-store, max-age=0");
    assertThat(before.getHeader("Cache-Control")).isEqualTo("private, no-store, max-age=0");
  }

  @Test
  void application_writesIfHeaderIsAbsent_writesHeader() {
    headers.keepPrivate();

    noStoreWhereThereIsNone(answer);

    assertThat(server.getHeaders("Cache-Control")).containsExactly("private, no-store, max-age=0");
  }

  @Test
  void earlierFilter_allowsSharedCaches_isOverridden() {
    headers.setCookie(List.of(MINE));

    before.setHeader("Cache-Control", "public, max-age=60");

    assertThat(server.getHeader("Cache-Control")).isEqualTo("private, max-age=60");
  }

  @Test
  void application_setsSameCacheControlAfterLibrary_isVisibleToFilters() {
    headers.keepPrivate();

    answer.setHeader("Cache-Control", "private");
    noStoreWhereThereIsNone(before);

    assertThat(server.getHeaders("Cache-Control")).containsExactly("private");
  }

  @Test
  void application_setsSameCacheControlBeforeLibrary_isVisibleToFilters() {
    answer.setHeader("Cache-Control", "private");

    headers.keepPrivate();
    headers.restore();
    noStoreWhereThereIsNone(before);

    assertThat(server.getHeaders("Cache-Control")).containsExactly("private");
  }

  @Test
  void application_removesCacheControl_isAbsentForFilters() {
    headers.keepPrivate();
    answer.setHeader("Cache-Control", "private");

    answer.setHeader("Cache-Control", null);

    assertThat(before.containsHeader("Cache-Control")).isFalse();
  }

  @Test
  void reset_bothSetCacheControl_keepsHeadersOfLibrary() {
    headers.setCookie(List.of(MINE));
    answer.setHeader("Cache-Control", "private");

    answer.reset();

    assertThat(server.getHeader("Cache-Control")).isEqualTo("private");
    assertThat(server.getHeaders("Set-Cookie")).containsExactly(MINE);
    assertThat(before.containsHeader("Cache-Control")).isFalse();
  }

  @Test
  void includedPage_headersIgnoredByServer_setsNoCacheControl() {
    headers.keepPrivate();
    HttpServletResponseWrapper dispatched = (HttpServletResponseWrapper) answer;
    dispatched.setResponse(ignoring(before));

    answer.setHeader("Cache-Control", "no-cache");

    assertThat(before.containsHeader("Cache-Control")).isFalse();
  }

  @Test
  void otherHeaders_setOrAdded_reachContainer() {
    headers.keepPrivate();

    answer.setHeader("X-One", "1");
    answer.addHeader("X-One", "one");
    answer.setIntHeader("X-Two", 2);
    answer.addIntHeader("X-Two", 22);
    answer.addCookie(new Cookie("theme", "dark"));

    assertThat(answer.containsHeader("X-One")).isTrue();
    assertThat(answer.getHeader("X-One")).isEqualTo("1");
    assertThat(answer.getHeaders("X-One")).containsExactly("1", "one");
    assertThat(server.getHeaders("X-Two")).containsExactly("2", "22");
    assertThat(server.getCookie("theme")).isNotNull();
  }

  @Test
  void visitorCookie_setByApplication_isDropped() {
    headers.setCookie(List.of(MINE));

    answer.addCookie(new Cookie("kameleoonVisitorCode", "theirs"));
    answer.addHeader("Set-Cookie", "kameleoonVisitorCode=theirs");
    answer.setHeader("Set-Cookie", "kameleoonVisitorCode=theirs");
    assertThat(server.getHeaders("Set-Cookie")).containsExactly(MINE);

    answer.setHeader("set-cookie", "theme=dark");
    assertThat(server.getHeaders("Set-Cookie")).containsExactlyInAnyOrder("theme=dark", MINE);
  }

  @Test
  void cacheControl_notPrivate_isSetByApplication() {
    answer.setHeader("Cache-Control", "public");

    assertThat(server.getHeader("Cache-Control")).isEqualTo("public");
  }

  @Test
  void wrappers_ofEarlierFilters_keepOrder() {
    assertThat(((HttpServletResponseWrapper) answer).getResponse()).isSameAs(before);
    assertThat(before.getResponse()).isSameAs(first);
    assertThat(first.getResponse()).isInstanceOf(VisitorResponse.class);
  }

  @Test
  void hasVisitorResponse_belowOtherWrappers_isTrue() {
    assertThat(ResponseChain.hasVisitorResponse(answer)).isTrue();
    assertThat(ResponseChain.hasVisitorResponse(new HttpServletResponseWrapper(before))).isTrue();
    assertThat(ResponseChain.hasVisitorResponse(new HttpServletResponseWrapper(server))).isFalse();
    assertThat(ResponseChain.hasVisitorResponse(server)).isFalse();
  }

  @Test
  void contentType_page_isPrivateWhenBodyBegins() throws Exception {
    headers.expectPage();
    answer.setContentType("text/html");
    assertThat(headers.caching().isPrivate()).as("a filter may set it for every answer").isFalse();

    answer.getWriter();

    assertThat(headers.caching().isPrivate()).isTrue();
    assertThat(server.getContentType()).isEqualTo("text/html");
  }

  @Test
  void contentTypeHeader_setAfterBodyHasBegun_isPrivate() throws Exception {
    headers.expectPage();
    answer.setContentType("text/plain");
    answer.getOutputStream();
    answer.setHeader("X-Text", "text/html");
    assertThat(headers.caching().isPrivate()).isFalse();

    answer.setHeader("content-type", "text/html");

    assertThat(headers.caching().isPrivate()).isTrue();
  }

  @Test
  void contentTypeHeader_addedAfterBodyHasBegun_isPrivate() throws Exception {
    headers.expectPage();
    answer.setContentType("text/plain");
    answer.getOutputStream();

    answer.addHeader("Content-Type", "text/html");

    assertThat(headers.caching().isPrivate()).isTrue();
  }

  @Test
  void contentType_setAfterBodyHasBegun_isPrivate() throws Exception {
    headers.expectPage();
    answer.setContentType("text/plain");
    answer.getOutputStream();

    answer.setContentType("text/html");

    assertThat(headers.caching().isPrivate()).isTrue();
  }

  // ---- redirects and errors

  @Test
  void redirectAndErrors_reachContainer() throws Exception {
    MockHttpServletResponse moved = new MockHttpServletResponse();
    ResponseChain.wrap(moved, new VisitorHeaders(moved), UnreadVisitor.INSTANCE)
        .sendRedirect("/cart");
    MockHttpServletResponse gone = new MockHttpServletResponse();
    ResponseChain.wrap(gone, new VisitorHeaders(gone), UnreadVisitor.INSTANCE).sendError(410);
    MockHttpServletResponse refused = new MockHttpServletResponse();
    ResponseChain.wrap(refused, new VisitorHeaders(refused), UnreadVisitor.INSTANCE)
        .sendError(403, "not yours");

    assertThat(moved.getRedirectedUrl()).isEqualTo("/cart");
    assertThat(gone.getStatus()).isEqualTo(410);
    assertThat(refused.getStatus()).isEqualTo(403);
    assertThat(refused.getErrorMessage()).isEqualTo("not yours");
  }

  // ---- the end of a forward

  @Test
  void endOfForward_containerClosesWriter_setsNoCharacterEncoding() throws Exception {
    MockHttpServletResponse container = new MockHttpServletResponse();
    VisitorResponse alone =
        new VisitorResponse(container, new VisitorHeaders(container), UnreadVisitor.INSTANCE);
    alone.setContentType("text/html");
    alone.endForward();

    PrintWriter ending = alone.getWriter();
    ending.print("too late");
    ending.flush();
    ending.close();

    assertThat(container.getContentType()).isEqualTo("text/html");
    assertThat(container.getContentAsByteArray()).isEmpty();
    assertThat(container.isWriterAccessAllowed()).isTrue();
  }

  @Test
  void endOfForward_bodyWritten_keepsWriter() throws Exception {
    MockHttpServletResponse container = new MockHttpServletResponse();
    VisitorResponse alone =
        new VisitorResponse(container, new VisitorHeaders(container), UnreadVisitor.INSTANCE);
    PrintWriter taken = alone.getWriter();

    alone.endForward();

    assertThat(alone.getWriter()).isSameAs(taken);
  }

  @Test
  void endOfForward_withoutBody_writesCookieHeldBack() {
    headers.holdBack();
    headers.offerCookie(List.of(MINE), () -> {});

    ((VisitorResponse) answer).endForward();

    assertThat(server.getHeaders("Set-Cookie")).containsExactly(MINE);
  }

  @Test
  void endOfForward_behindOtherWrapper_keepsWriterOfContainer() throws Exception {
    VisitorResponse outer = (VisitorResponse) answer;
    outer.endForward();

    assertThat(outer.getWriter()).isSameAs(server.getWriter());
  }

  @Test
  void wrap_noEarlierWrapper_addsOneWrapper() {
    HttpServletResponse alone =
        ResponseChain.wrap(server, new VisitorHeaders(server), UnreadVisitor.INSTANCE);

    assertThat(((HttpServletResponseWrapper) alone).getResponse()).isSameAs(server);
    assertThat(alone.containsHeader("X-One")).isFalse();
    server.setHeader("X-One", "1");
    assertThat(alone.containsHeader("X-One")).isTrue();
  }

  private static void noStoreWhereThereIsNone(HttpServletResponse asked) {
    if (asked.getHeader("Cache-Control") == null) {
      asked.addHeader("Cache-Control", "no-store, max-age=0");
    }
  }

  private static HttpServletResponse ignoring(HttpServletResponse response) {
    return new HttpServletResponseWrapper(response) {
      @Override
      public void setHeader(String name, String value) {}
    };
  }
}
