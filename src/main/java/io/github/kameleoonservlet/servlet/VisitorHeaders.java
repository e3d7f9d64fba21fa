package io.github.kameleoonservlet.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps our two headers on one response: the visitor cookie, and {@code Cache-Control: private}.
 *
 * <p>They are written as soon as they are wanted, and again after what takes them away: {@code
 * reset()}, the application's own {@code Cache-Control}, an error dispatch. What is offered after
 * {@link #holdBack} waits until the visitor is read, or until the answer begins and is a page, or
 * may be one: what is neither keeps the application's headers. Nothing is written to a committed
 * response. Not thread-safe, as no response is.
 */
final class VisitorHeaders {

  private static final String SET_COOKIE = "Set-Cookie";
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

  /** Writes to the server's own response, past the wrappers of the filters before us. */
  VisitorHeaders(HttpServletResponse response) {
    this.response = ServersOwn.response(response);
  }

  /** Goes on with the response of another dispatch of the same request. */
  void moveTo(HttpServletResponse next) {
    response = ServersOwn.response(next);
    writeAgain();
  }

  /** Whether headers can still be written. */
  boolean open() {
    return !response.isCommitted();
  }

  boolean hasCookie() {
    return !cookie.isEmpty();
  }

  /** Holds back from now on what is offered. */
  void holdBack() {
    holdsBack = true;
  }

  /** Writes the visitor cookie, or holds it back. */
  void offerCookie(List<String> headers) {
    if (holdsBack) {
      offered = headers;
    } else {
      setCookie(headers);
    }
  }

  /** Keeps the answer out of shared caches, now or together with what is held back. */
  void offerPrivate() {
    if (holdsBack) {
      offersPrivate = true;
    } else {
      keepPrivate();
    }
  }

  /** Writes what is held back, and holds nothing back any more. */
  void release() {
    if (!holdsBack || !open()) {
      return;
    }
    List<String> waiting = offered;
    holdsBack = false;
    if (!waiting.isEmpty()) {
      setCookie(waiting);
    } else if (offersPrivate) {
      keepPrivate();
    }
    if (!arrived(waiting)) {
      // An included page: Undertow ignores its headers. They are written after the include.
      holdsBack = true;
      offered = waiting;
      cookie = List.of();
      keepPrivate = false;
    }
  }

  private boolean arrived(List<String> waiting) {
    return (waiting.isEmpty()
            || response.getHeaders(SET_COOKIE).stream()
                .anyMatch(header -> header.startsWith(CookieHeader.NAME + "=")))
        && (!keepPrivate
            || response.getHeaders(CacheControl.HEADER).stream()
                .anyMatch(value -> value.startsWith(OURS)));
  }

  /** Tells whether a cookie is held back that this answer, being committed, can carry no more. */
  boolean missedCookie() {
    return holdsCookieBack() && !open();
  }

  /** Tells whether a cookie waits to be written. */
  boolean holdsCookieBack() {
    return holdsBack && !offered.isEmpty();
  }

  /** Writes the visitor cookie in place of any that is there, or is held back. */
  void setCookie(List<String> headers) {
    if (open()) {
      offered = List.of();
      cookie = headers;
      writeCookie();
      keepPrivate();
    }
  }

  /** Adds another cookie of ours, and nothing more. */
  void addCookie(String header) {
    response.addHeader(SET_COOKIE, header);
  }

  /** Keeps the answer out of shared caches, from now on. */
  void keepPrivate() {
    if (open() && (!keepPrivate || (unguarded && overruled()))) {
      keepPrivate = true;
      cacheControlIsTheirs(response.getHeaders(CacheControl.HEADER));
      writeCacheControl();
    }
  }

  /** Keeps an answer that turns out to be a page out of shared caches. */
  void expectPage() {
    expectsPage = true;
  }

  /**
   * Decides by the media type what becomes of an answer whose body begins, or which ends without
   * one. The request's headers can tell a page as something else, and a shared cache does not look
   * at them; what a page shows may be read when it is committed.
   *
   * @param contentType the answer's {@code Content-Type}, or null
   */
  void begin(@Nullable String contentType) {
    begun = true;
    MediaType type = MediaType.of(contentType);
    if (type == MediaType.PAGE) {
      release();
      if (expectsPage) {
        keepPrivate();
      }
    } else if (type == MediaType.UNKNOWN
        && response.getStatus() != HttpServletResponse.SC_NOT_MODIFIED) {
      // A 304 is about a stored answer: its headers would be put on that one (RFC 9111 section
      // 4.3.4), also when it is a public file.
      release();
    }
  }

  /** Tells whether a media type that is still to come would decide about what is held back. */
  boolean awaitsMediaType(@Nullable String contentType) {
    return holdsBack && MediaType.of(contentType) == MediaType.UNKNOWN;
  }

  /** Decides again when the media type changes after the body has begun. */
  void mediaTypeChanged(@Nullable String contentType) {
    if (begun) {
      begin(contentType);
    }
  }

  /**
   * The application has the response without our wrapper from now on: {@link #keepPrivate} looks at
   * what it has written there.
   */
  void unguarded() {
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
        CacheControl.HEADER, CacheControl.privately(response.getHeaders(CacheControl.HEADER)));
    SharedCacheHeaders.turnOff(response);
  }

  private void writeCookie() {
    List<String> all = new ArrayList<>(response.getHeaders(SET_COOKIE));
    boolean replaced = all.removeIf(header -> header.startsWith(CookieHeader.NAME + "="));
    if (!replaced) {
      cookie.forEach(header -> response.addHeader(SET_COOKIE, header));
      return;
    }
    // There is no way to remove one header line; the others' are written again in their order.
    all.addAll(cookie);
    response.setHeader(SET_COOKIE, all.get(0));
    all.subList(1, all.size()).forEach(header -> response.addHeader(SET_COOKIE, header));
  }
}
