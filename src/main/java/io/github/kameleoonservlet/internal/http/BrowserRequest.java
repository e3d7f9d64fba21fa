package io.github.kameleoonservlet.internal.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells from a request's headers what kind of request a browser made (Fetch Metadata, W3C).
 *
 * <p>Browsers send {@code Sec-Fetch-*} on https and localhost only; without them {@code Origin},
 * {@code Accept} and the method must do. Immutable and thread-safe.
 */
public final class BrowserRequest {

  private static final Set<String> BODILESS = Set.of("HEAD", "OPTIONS", "TRACE");

  /** {@code RequestDispatcher.ERROR_METHOD}, a constant of Servlet 6.1 only. */
  private static final String ERROR_METHOD = "jakarta.servlet.error.method";

  private final @Nullable Origin publicOrigin;

  /**
   * Takes what browsers call this server.
   *
   * @param publicOrigin as in {@code https://shop.example}, or null when the {@code Host} header
   *     arrives as the browser sent it
   */
  public BrowserRequest(@Nullable Origin publicOrigin) {
    this.publicOrigin = publicOrigin;
  }

  /**
   * Whether the browser had no chance to present its code, or nobody looks at the answer: a
   * cross-site request other than a top-level GET (it carries no {@code SameSite=Lax} cookie, yet
   * browsers accept a {@code Set-Cookie} in its answer), a request without a body in the answer, a
   * prefetch.
   */
  public boolean passive(HttpServletRequest request) {
    return BODILESS.contains(method(request)) || Prefetch.is(request) || crossSite(request);
  }

  /**
   * Returns whether the request is a prefetch that is passive for no other reason; the browser may
   * show its page later.
   */
  public boolean shownLater(HttpServletRequest request) {
    return Prefetch.is(request) && !BODILESS.contains(method(request)) && !crossSite(request);
  }

  /**
   * Returns the method that the browser sent. In Servlet 6.1 the dispatch to an error page is a
   * GET.
   */
  private static String method(HttpServletRequest request) {
    return request.getAttribute(ERROR_METHOD) instanceof String sent ? sent : request.getMethod();
  }

  /**
   * Whether the server answers the request with cookies of an older one: after a form login Tomcat
   * puts back the request that led to the login page, with the cookies that the browser had then.
   * The session's id is the browser's own, so that the two do not fit. Only the server's own
   * request tells: sessions of a filter may have other ids than their cookies (Spring Session's).
   */
  public boolean restored(HttpServletRequest wrapped) {
    HttpServletRequest request = ContainerObjects.request(wrapped);
    String session = request.getRequestedSessionId();
    return session != null
        && request.isRequestedSessionIdFromCookie()
        && Collections.list(request.getHeaders("Cookie")).stream()
            .noneMatch(header -> header.contains(session));
  }

  /** Returns whether the response becomes the page of a window, and not of a frame. */
  public boolean pageOfWindow(HttpServletRequest request) {
    String destination = request.getHeader("Sec-Fetch-Dest");
    return navigation(request) && (destination == null || destination.equals("document"));
  }

  /** Whether the answer becomes the page in a window or frame. */
  public boolean navigation(HttpServletRequest request) {
    String mode = request.getHeader("Sec-Fetch-Mode");
    if (mode != null) {
      return mode.equals("navigate");
    }
    String accept = request.getHeader("Accept");
    return accept != null && accept.contains("text/html");
  }

  private boolean crossSite(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    return site == null
        ? fromAnotherHost(request, request)
        : site.equals("cross-site") && !topLevelGet(request);
  }

  /**
   * Returns whether the browser followed a link. Then browsers send no {@code Origin} (Fetch,
   * "append a request Origin header"). A GET with an {@code Origin} was a POST before the server
   * forwarded it to its form-login page, and the server does not keep the method.
   */
  private static boolean topLevelGet(HttpServletRequest request) {
    return "GET".equals(method(request))
        && request.getHeader("Origin") == null
        && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
        && "document".equals(request.getHeader("Sec-Fetch-Dest"));
  }

  /**
   * Whether a page of another site made this request, or the one that it repeats: Spring Security
   * puts the headers of a saved one before those of the next to its address, whoever made that.
   */
  public boolean fromAnotherSite(HttpServletRequest request) {
    return saysAnotherSite(request, request)
        || saysAnotherSite(ContainerObjects.request(request), request);
  }

  /** The host is the one that filters for proxies say, whichever headers are asked. */
  private boolean saysAnotherSite(HttpServletRequest headers, HttpServletRequest reached) {
    String site = headers.getHeader("Sec-Fetch-Site");
    return site == null ? fromAnotherHost(headers, reached) : site.equals("cross-site");
  }

  /**
   * Whether a page of this very origin made this request, and the one that it repeats; false when
   * the headers do not tell.
   */
  public boolean sameOrigin(HttpServletRequest request) {
    return saysSameOrigin(request) && saysSameOrigin(ContainerObjects.request(request));
  }

  private boolean saysSameOrigin(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin");
    }
    String origin = request.getHeader("Origin");
    if (origin == null) {
      return false;
    }
    Origin sent = Origin.parse(origin);
    if (sent == null) {
      return false;
    }
    if (publicOrigin != null) {
      return publicOrigin.equals(sent);
    }
    String host = request.getHeader("Host");
    return host != null
        && (sent.equals(Origin.parse("https://" + host))
            || sent.equals(Origin.parse("http://" + host)));
  }

  private boolean fromAnotherHost(HttpServletRequest headers, HttpServletRequest reached) {
    String origin = headers.getHeader("Origin");
    return origin != null && !sameHost(reached, origin);
  }

  /** Whether browsers reach this server by https, whatever arrives here. */
  public boolean publiclySecure() {
    return publicOrigin != null && publicOrigin.scheme().equals("https");
  }

  /** The host that the browser asked for. */
  String host(HttpServletRequest request) {
    return publicOrigin == null ? request.getServerName() : publicOrigin.host();
  }

  /** Returns the origin of the site as the browser sees it. */
  public Origin origin(HttpServletRequest request) {
    if (publicOrigin != null) {
      return publicOrigin;
    }
    String host = String.valueOf(request.getServerName()).toLowerCase(Locale.ROOT);
    boolean brackets = host.startsWith("[") && host.endsWith("]");
    return new Origin(
        String.valueOf(request.getScheme()).toLowerCase(Locale.ROOT),
        brackets ? host.substring(1, host.length() - 1) : host,
        request.getServerPort());
  }

  private boolean sameHost(HttpServletRequest request, String origin) {
    Origin sent = Origin.parse(origin);
    return sent != null && sent.hasHost(host(request));
  }
}
