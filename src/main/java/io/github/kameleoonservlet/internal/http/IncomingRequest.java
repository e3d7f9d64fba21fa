package io.github.kameleoonservlet.internal.http;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request as the filter receives it, with the kind and the cookies of the request. The library
 * reads kind and cookies only when needed, and once, because many requests (static files) need
 * neither. After the end of the request, no code may read it. Not thread-safe, like the request.
 */
public final class IncomingRequest {

  private final HttpServletRequest request;
  private final @Nullable Origin publicOrigin;
  private final boolean excluded;
  private @Nullable RequestKind kind;
  private @Nullable RequestCookies cookies;
  private boolean over;

  /**
   * Creates the view of a request, and reads nothing yet.
   *
   * @param publicOrigin the origin that browsers reach; null if the {@code Host} header arrives as
   *     the browser sent it
   * @param excluded whether a setting excludes the path
   */
  public IncomingRequest(
      HttpServletRequest request, @Nullable Origin publicOrigin, boolean excluded) {
    this.request = request;
    this.publicOrigin = publicOrigin;
    this.excluded = excluded;
  }

  /** Returns the request that the filter received. */
  public HttpServletRequest servletRequest() {
    return request;
  }

  /** Returns whether the path is excluded: no cookie, no link, no exposure. */
  public boolean isExcluded() {
    return excluded;
  }

  /** Returns whether the request is over. */
  public boolean isOver() {
    return over;
  }

  /** Ends the request: the library reads nothing from it and writes nothing for it afterwards. */
  public void end() {
    over = true;
  }

  /** Continues with the error page of the same request. */
  public void resume() {
    over = false;
  }

  /** Returns the kind of the request, always the same object. */
  public RequestKind kind() {
    RequestKind known = kind;
    if (known == null) {
      known = new RequestKind(request, publicOrigin);
      kind = known;
    }
    return known;
  }

  /** Returns the cookies of the request, always the same object. */
  public RequestCookies cookies() {
    RequestCookies known = cookies;
    if (known == null) {
      known = RequestCookies.of(request);
      cookies = known;
    }
    return known;
  }
}
