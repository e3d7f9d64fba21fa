package io.github.kameleoonservlet.internal.http;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The headers of the visitor in one response: the cookie ({@link HeldCookie}) and {@code
 * Cache-Control: private} ({@link CacheHeaders}).
 *
 * <p>The library writes the headers at once, and again after {@code reset()} or an error dispatch
 * has removed the headers. If the headers are {@linkplain #heldBack held back}, offered headers
 * wait until the visitor is read, or until the response begins and is a page or may be one; other
 * responses keep the application's headers. Nothing is written to a committed response. Not
 * thread-safe, like every response.
 */
public final class VisitorHeaders {

  private final HeldCookie cookie;
  private final CacheHeaders caching;
  private HttpServletResponse response;
  private @Nullable Runnable resolution;
  private boolean holdsBack;
  private boolean offersPrivate;
  private boolean expectsPage;
  private boolean begun;
  private boolean silent;
  private @Nullable String previewCookie;

  /**
   * Creates headers of the container's response, below the wrappers of the filters before this one.
   */
  public VisitorHeaders(HttpServletResponse response) {
    this.response = ContainerObjects.response(response);
    this.cookie = new HeldCookie(this.response);
    this.caching = new CacheHeaders(this.response);
  }

  /** Creates headers that hold back what is offered. */
  public static VisitorHeaders heldBack(HttpServletResponse response) {
    VisitorHeaders headers = new VisitorHeaders(response);
    headers.holdBack();
    return headers;
  }

  /** Creates headers that are never written, for a filter that only observes. */
  public static VisitorHeaders silent(HttpServletResponse response) {
    VisitorHeaders headers = new VisitorHeaders(response);
    headers.silent = true;
    return headers;
  }

  /** Continues with the response of another dispatch of the same request. */
  public void moveTo(HttpServletResponse next) {
    response = ContainerObjects.response(next);
    cookie.moveTo(response);
    caching.moveTo(response);
    restore();
  }

  /** Returns whether headers can still be written. */
  public boolean open() {
    return !response.isCommitted();
  }

  public boolean hasCookie() {
    return cookie.isWritten();
  }

  /** Returns whether the library is writing its cookie now. */
  boolean writesCookie() {
    return cookie.isBeingWritten();
  }

  /** Returns whether a line repeats the cookie that the library has written. */
  boolean isCookieRepeatedBy(String line) {
    return cookie.isRepeatedBy(line);
  }

  CacheHeaders caching() {
    return caching;
  }

  /** Holds back offered headers from now on. */
  void holdBack() {
    holdsBack = true;
  }

  /**
   * Holds back offered headers, before the visitor is resolved. The task resolves the visitor and
   * offers the headers; it runs once, before the first release.
   */
  public void holdBackUntil(Runnable task) {
    holdsBack = true;
    resolution = task;
  }

  /**
   * Offers the headers of a resolved visitor. If the response turns out to be a page, it becomes
   * private.
   *
   * @param navigation whether the request asks for a page, so that the response becomes private
   * @param next the cookie, or null
   * @param atOnce whether to release the headers now
   */
  public void offer(boolean navigation, @Nullable OfferedCookie next, boolean atOnce) {
    expectPage();
    if (navigation) {
      offerPrivate();
    }
    if (atOnce) {
      release();
    }
    if (next != null) {
      offerCookie(next.lines(), next.whenWritten());
    }
  }

  /** Makes the response private, at once or together with the headers that are held back. */
  void offerPrivate() {
    if (holdsBack) {
      offersPrivate = true;
    } else {
      keepPrivate();
    }
  }

  /** Writes the visitor cookie, or holds it back. The task runs when the cookie is written. */
  void offerCookie(List<String> lines, Runnable whenWritten) {
    if (holdsBack) {
      cookie.hold(lines, whenWritten);
    } else if (setCookie(lines)) {
      whenWritten.run();
    }
  }

  /** Marks the response as one that shows the visitor: writes all headers, and makes it private. */
  public void show() {
    release();
    keepPrivate();
  }

  /** Writes the headers that are held back, and holds back no more. */
  public void release() {
    // Silent headers see the response only when it ends, and then resolve for the counts.
    if (!holdsBack || !(open() || silent)) {
      return;
    }
    if (resolution != null) {
      Runnable task = resolution;
      resolution = null;
      task.run();
    }
    List<String> waiting = cookie.held();
    holdsBack = false;
    if (!waiting.isEmpty()) {
      setCookie(waiting);
    } else if (offersPrivate) {
      keepPrivate();
    }
    if ((!waiting.isEmpty() && !cookie.hasArrived()) || !caching.hasArrived()) {
      // In an included page Undertow ignores headers. The library writes the headers after the
      // include.
      holdsBack = true;
      cookie.retract(waiting);
      caching.retract();
    } else if (!waiting.isEmpty()) {
      cookie.reportWritten();
    }
  }

  /** Returns whether the response was committed without the cookie that is held back. */
  public boolean missedCookie() {
    return holdsCookieBack() && !open();
  }

  /** Returns whether a cookie is held back. */
  public boolean holdsCookieBack() {
    return holdsBack && !cookie.held().isEmpty();
  }

  /** Writes the visitor cookie in place of an earlier one; false if the response is committed. */
  public boolean setCookie(List<String> lines) {
    if (silent || !open()) {
      return false;
    }
    cookie.write(lines);
    keepPrivate();
    return true;
  }

  /** Adds another cookie of the library. Leaves the other headers unchanged. */
  public void addCookie(String line) {
    if (!silent) {
      response.addHeader(HeldCookie.HEADER, line);
    }
  }

  /** Writes the cookie of a preview in place of an earlier one. */
  public void setPreviewCookie(String line) {
    if (!silent) {
      previewCookie = line;
      restorePreview();
    }
  }

  private void restorePreview() {
    String line = previewCookie;
    if (line != null) {
      String nameInLine = line.substring(0, line.indexOf('=') + 1);
      HeaderLines.replace(response, HeldCookie.HEADER, nameInLine, List.of(line));
    }
  }

  /** Keeps the response out of all caches, unless the response was committed before. */
  public void forbidStoring() {
    if (!silent) {
      caching.forbidStoring();
    }
  }

  /**
   * Keeps the response out of shared caches; false if the response was committed before, or if the
   * headers are silent.
   */
  public boolean keepPrivate() {
    return !silent && caching.makePrivate();
  }

  /** Notes that the application now has the response without the library's wrapper as well. */
  public void bypassed() {
    if (!silent) {
      caching.bypassed();
    }
  }

  /** Writes the headers once more if they were written. */
  void restore() {
    if (open()) {
      cookie.restore();
      restorePreview();
      caching.restore();
    }
  }

  /** Makes the response private if it turns out to be a page. */
  void expectPage() {
    expectsPage = true;
  }

  /** Decides about the held-back headers when the body begins, by the media type (or null). */
  void begin(@Nullable String contentType) {
    decide(MediaType.of(contentType), /* unknownIsPage= */ true);
  }

  /**
   * Decides about the held-back headers when the response ends, by the media type (or null). If the
   * response has no media type, the application has not read the visitor and will not.
   */
  public void end(@Nullable String contentType) {
    decide(MediaType.of(contentType), /* unknownIsPage= */ false);
  }

  private void decide(MediaType type, boolean unknownIsPage) {
    begun = true;
    boolean page = type == MediaType.PAGE;
    // A cache adds the headers of a 304 to the stored response (RFC 9111 section 4.3.4).
    boolean unknown =
        type == MediaType.UNKNOWN && response.getStatus() != HttpServletResponse.SC_NOT_MODIFIED;
    if (page || unknown) {
      release();
    }
    if (expectsPage && (page || (unknown && unknownIsPage))) {
      keepPrivate();
    }
  }

  /** Returns whether a media type that is set later would decide about the held-back headers. */
  boolean awaitsMediaType(@Nullable String contentType) {
    return (holdsBack || (expectsPage && !caching.isPrivate()))
        && MediaType.of(contentType) == MediaType.UNKNOWN;
  }

  /** Returns whether the body has begun, so that a new media type decides again. */
  boolean hasBegun() {
    return begun;
  }
}
