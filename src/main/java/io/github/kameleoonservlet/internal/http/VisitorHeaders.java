package io.github.kameleoonservlet.internal.http;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps our two headers on one response: the visitor cookie, and {@code Cache-Control: private}.
 *
 * <p>They are written at once, and again after {@code reset()}, the application's {@code
 * Cache-Control} or an error dispatch has removed them. After {@link #holdBack}, offered headers
 * wait until the visitor is read, or until the response begins and is a page or may be one; other
 * responses keep the application's headers. Nothing is written to a committed response. Not
 * thread-safe, like every response.
 */
public final class VisitorHeaders {

  private static final String SET_COOKIE = "Set-Cookie";
  private static final String VISITOR_COOKIE = CookieHeader.NAME + "=";
  private static final String OURS = CacheControl.privately(List.of());

  private HttpServletResponse response;
  private List<String> cookie = List.of();
  private List<String> offered = List.of();
  private boolean holdsBack;
  private boolean offersPrivate;
  private boolean keepPrivate;
  private boolean unguarded;
  private boolean expectsPage;
  private boolean theySayPrivate;
  private boolean asking;
  private boolean begun;
  private Runnable beforeRelease = VisitorHeaders::nothing;
  private Runnable whenWritten = VisitorHeaders::nothing;

  /** Writes to the server's own response, past the wrappers of the filters before us. */
  public VisitorHeaders(HttpServletResponse response) {
    this.response = ContainerObjects.response(response);
  }

  /** Goes on with the response of another dispatch of the same request. */
  public void moveTo(HttpServletResponse next) {
    response = ContainerObjects.response(next);
    writeAgain();
  }

  /** Whether headers can still be written. */
  public boolean open() {
    return !response.isCommitted();
  }

  public boolean hasCookie() {
    return !cookie.isEmpty();
  }

  /** Holds back offered headers from now on. */
  public void holdBack() {
    holdsBack = true;
  }

  /**
   * Holds back offered headers, before the visitor is resolved.
   *
   * @param resolution resolves the visitor and offers the headers; runs once, before the first
   *     release
   */
  public void holdBackUntil(Runnable resolution) {
    holdsBack = true;
    beforeRelease = resolution;
  }

  /**
   * Writes the visitor cookie, or holds it back.
   *
   * @param written runs when the cookie is written
   */
  public void offerCookie(List<String> headers, Runnable written) {
    if (holdsBack) {
      offered = headers;
      whenWritten = written;
    } else if (setCookie(headers)) {
      written.run();
    }
  }

  /** Makes the response private, at once or together with the headers that are held back. */
  public void offerPrivate() {
    if (holdsBack) {
      offersPrivate = true;
    } else {
      keepPrivate();
    }
  }

  /** Writes the headers that are held back, and holds back no more. */
  public void release() {
    if (!holdsBack || !open()) {
      return;
    }
    Runnable resolution = beforeRelease;
    beforeRelease = VisitorHeaders::nothing;
    resolution.run();
    List<String> waiting = offered;
    holdsBack = false;
    if (!waiting.isEmpty()) {
      setCookie(waiting);
    } else if (offersPrivate) {
      keepPrivate();
    }
    if (!arrived(waiting)) {
      // In an included page Undertow ignores headers. They are written after the include.
      holdsBack = true;
      offered = waiting;
      cookie = List.of();
      keepPrivate = false;
    } else if (!waiting.isEmpty()) {
      whenWritten.run();
    }
  }

  private boolean arrived(List<String> waiting) {
    return (waiting.isEmpty() || HeaderLines.has(response, SET_COOKIE, VISITOR_COOKIE))
        && (!keepPrivate || HeaderLines.has(response, CacheControl.HEADER, OURS));
  }

  /** Returns whether the response was committed without the cookie that is held back. */
  public boolean missedCookie() {
    return holdsCookieBack() && !open();
  }

  /** Returns whether a cookie is held back. */
  public boolean holdsCookieBack() {
    return holdsBack && !offered.isEmpty();
  }

  /**
   * Writes the visitor cookie in place of one that is written or held back.
   *
   * @return false if the response is committed
   */
  public boolean setCookie(List<String> headers) {
    if (!open()) {
      return false;
    }
    offered = List.of();
    cookie = headers;
    writeCookie();
    keepPrivate();
    return true;
  }

  /** Adds another cookie of ours, and nothing more. */
  public void addCookie(String header) {
    response.addHeader(SET_COOKIE, header);
  }

  /** Keeps the answer out of shared caches; false if the response was committed before. */
  public boolean keepPrivate() {
    if (open() && (!keepPrivate || (unguarded && overruled()))) {
      keepPrivate = true;
      cacheControlIsTheirs(HeaderLines.of(response, CacheControl.HEADER));
      writeCacheControl();
    }
    return keepPrivate;
  }

  /** Makes the response private if it turns out to be a page. */
  public void expectPage() {
    expectsPage = true;
  }

  /**
   * Decides by the media type about the held-back headers of a response whose body begins, or which
   * ends without a body. The request's headers do not decide: a page can be requested as something
   * else, and shared caches ignore these headers. A page may also read the visitor after the
   * commit.
   *
   * @param contentType the response's {@code Content-Type}, or null
   */
  void begin(@Nullable String contentType) {
    begun = true;
    if (mayBePage(contentType)) {
      release();
      keepPagePrivate();
    }
  }

  /**
   * Decides the same for a response that ends. If it has no media type, nothing has read the
   * visitor, and nothing will.
   */
  public void end(@Nullable String contentType) {
    begun = true;
    if (mayBePage(contentType)) {
      release();
    }
    if (MediaType.of(contentType) == MediaType.PAGE) {
      keepPagePrivate();
    }
  }

  /**
   * Returns whether a response is a page or has no media type, unless it is a 304. A cache adds the
   * headers of a 304 to the stored response (RFC 9111 section 4.3.4), also if that is a public
   * file.
   */
  private boolean mayBePage(@Nullable String contentType) {
    MediaType type = MediaType.of(contentType);
    return type == MediaType.PAGE
        || (type == MediaType.UNKNOWN
            && response.getStatus() != HttpServletResponse.SC_NOT_MODIFIED);
  }

  private void keepPagePrivate() {
    if (expectsPage) {
      keepPrivate();
    }
  }

  /** Returns whether a media type that is set later would decide about the held-back headers. */
  boolean awaitsMediaType(@Nullable String contentType) {
    return (holdsBack || (expectsPage && !keepPrivate))
        && MediaType.of(contentType) == MediaType.UNKNOWN;
  }

  /** Decides again if the media type changes after the body has begun. */
  void mediaTypeChanged(Supplier<@Nullable String> contentType) {
    if (begun) {
      begin(contentType.get());
    }
  }

  /**
   * The application has the response without our wrapper from now on: {@link #keepPrivate} looks at
   * what it has written there.
   */
  public void unguarded() {
    unguarded = true;
  }

  private boolean overruled() {
    List<String> values = List.copyOf(response.getHeaders(CacheControl.HEADER));
    return !values.equals(List.of(CacheControl.privately(values)))
        || SharedCacheHeaders.allowIn(response);
  }

  /** Takes note of the values, if any, that somebody else has for Cache-Control. */
  void cacheControlIsTheirs(Collection<String> values) {
    theySayPrivate = !values.isEmpty() && OURS.equals(CacheControl.privately(values));
  }

  /**
   * Whether nobody else has a Cache-Control. The header tells, for what an included page writes the
   * server ignores; when it says no more than ours, who wrote it.
   */
  boolean cacheControlIsOurs() {
    if (!keepPrivate || theySayPrivate || asking) {
      return false;
    }
    // A response that is no wrapper may lead back to one of ours, which asks here.
    asking = true;
    try {
      return List.of(OURS).equals(List.copyOf(response.getHeaders(CacheControl.HEADER)));
    } finally {
      asking = false;
    }
  }

  boolean isPrivate() {
    return keepPrivate;
  }

  /** Writes both headers once more, when they were wanted. */
  void writeAgain() {
    if (!open()) {
      return;
    }
    if (hasCookie()) {
      writeCookie();
    }
    if (keepPrivate) {
      theySayPrivate &= response.containsHeader(CacheControl.HEADER);
      writeCacheControl();
    }
  }

  private void writeCacheControl() {
    response.setHeader(
        CacheControl.HEADER, CacheControl.privately(HeaderLines.of(response, CacheControl.HEADER)));
    SharedCacheHeaders.turnOff(response);
  }

  private void writeCookie() {
    HeaderLines.replace(response, SET_COOKIE, VISITOR_COOKIE, cookie);
  }

  private static void nothing() {}
}
