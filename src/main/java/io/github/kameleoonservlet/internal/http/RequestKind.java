package io.github.kameleoonservlet.internal.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The kind of a request: which request a browser made and from which site, by the request's headers
 * (Fetch Metadata, W3C), and the origin that the browser reached.
 *
 * <p>Browsers send {@code Sec-Fetch-*} on https and localhost only. Without these headers the kind
 * follows from {@code Origin}, {@code Accept} and the method. Immutable and thread-safe.
 */
public final class RequestKind {

  private static final Set<String> BODILESS = Set.of("HEAD", "OPTIONS", "TRACE");

  /** {@code RequestDispatcher.ERROR_METHOD}, a constant of Servlet 6.1 only. */
  private static final String ERROR_METHOD = "jakarta.servlet.error.method";

  /** Whether the browser had no chance to present its code, or the response has no body. */
  private final boolean withoutChance;

  private final boolean prefetch;
  private final boolean navigation;
  private final boolean pageOfWindow;
  private final boolean followedOwnLink;
  private final boolean fromAnotherSite;
  private final boolean sameOrigin;
  private final boolean secure;
  private final @Nullable Origin publicOrigin;
  private final @Nullable String scheme;
  private final @Nullable String serverName;
  private final int port;

  /**
   * Reads the headers of a request.
   *
   * @param publicOrigin the origin that browsers reach, as in {@code https://shop.example}; null if
   *     the {@code Host} header arrives as the browser sent it
   */
  RequestKind(HttpServletRequest request, @Nullable Origin publicOrigin) {
    this.publicOrigin = publicOrigin;
    this.scheme = request.getScheme();
    String host = "";
    int number = 0;
    try {
      host = request.getServerName();
      number = request.getServerPort();
    } catch (RuntimeException e) {
      // Undertow 2.2 fails on a Host header with a bracket that is not closed. No page of a browser
      // has such a host.
    }
    this.serverName = host;
    this.port = number;
    this.secure = request.isSecure();
    String site = request.getHeader("Sec-Fetch-Site");
    String mode = request.getHeader("Sec-Fetch-Mode");
    String destination = request.getHeader("Sec-Fetch-Dest");
    String origin = request.getHeader("Origin");
    boolean window = "navigate".equals(mode) && "document".equals(destination);
    // The method that the browser sent: in Servlet 6.1 the dispatch to an error page is a GET.
    String method =
        request.getAttribute(ERROR_METHOD) instanceof String sent ? sent : request.getMethod();
    // For a link browsers send no Origin (Fetch, "append a request Origin header"). A GET with an
    // Origin was a POST before the container forwarded it to its form-login page, and the container
    // does not keep the method.
    boolean followedLink = window && "GET".equals(method) && origin == null;
    boolean otherSite = isOtherSite(site, origin);
    this.prefetch = Prefetch.is(request);
    this.withoutChance =
        BODILESS.contains(method) || (otherSite && !("cross-site".equals(site) && followedLink));
    this.navigation = mode == null ? acceptsPage(request) : mode.equals("navigate");
    this.pageOfWindow = navigation && (destination == null || destination.equals("document"));
    this.followedOwnLink = window && "same-origin".equals(site);
    // For the next request to the address of a saved request, Spring Security returns the saved
    // headers, also if another site sends that request. So the container's request also decides.
    HttpServletRequest sent = ContainerObjects.request(request);
    boolean repeats = sent != request;
    this.fromAnotherSite =
        otherSite
            || (repeats && isOtherSite(sent.getHeader("Sec-Fetch-Site"), sent.getHeader("Origin")));
    this.sameOrigin =
        isSameOrigin(request, site, origin)
            && (!repeats
                || isSameOrigin(sent, sent.getHeader("Sec-Fetch-Site"), sent.getHeader("Origin")));
  }

  private static boolean acceptsPage(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return accept != null && accept.contains("text/html");
  }

  /**
   * Returns whether a page of another site sent the request. The host is that of the outermost
   * request, which filters for proxies correct.
   */
  private boolean isOtherSite(@Nullable String site, @Nullable String origin) {
    if (site != null) {
      return site.equals("cross-site");
    }
    Origin sender = origin == null ? null : Origin.parse(origin);
    return origin != null && (sender == null || !sender.hasHost(host()));
  }

  private boolean isSameOrigin(
      HttpServletRequest request, @Nullable String site, @Nullable String origin) {
    if (site != null) {
      return site.equals("same-origin");
    }
    Origin sender = origin == null ? null : Origin.parse(origin);
    if (sender == null || publicOrigin != null) {
      return sender != null && sender.equals(publicOrigin);
    }
    String host = request.getHeader("Host");
    return host != null
        && (sender.equals(Origin.parse("https://" + host))
            || sender.equals(Origin.parse("http://" + host)));
  }

  /**
   * Returns whether the browser had no chance to present its code, or no person looks at the
   * response: a request from another site that is no top-level GET (it carries no {@code
   * SameSite=Lax} cookie, yet browsers accept a {@code Set-Cookie} in its response), a request
   * without a body in the response, a prefetch.
   */
  public boolean isPassive() {
    return withoutChance || prefetch;
  }

  /**
   * Returns whether the request is a prefetch that is passive for no other reason; the browser may
   * show its page later.
   */
  public boolean isShownLater() {
    return prefetch && !withoutChance;
  }

  /** Returns whether the response becomes the page in a window or frame. */
  public boolean isNavigation() {
    return navigation;
  }

  /** Returns whether the response becomes the page of a window, and not of a frame. */
  public boolean isPageOfWindow() {
    return pageOfWindow;
  }

  /** Returns whether a page of the same origin linked to the page of a window. */
  boolean isFollowedOwnLink() {
    return followedOwnLink;
  }

  /**
   * Returns whether a page of another site sent the request, or the request that a filter repeats.
   */
  public boolean isFromAnotherSite() {
    return fromAnotherSite;
  }

  /**
   * Returns whether a page of the same origin sent the request, and the request that a filter
   * repeats; false if the headers do not show it.
   */
  public boolean isSameOrigin() {
    return sameOrigin;
  }

  /** Returns whether the request reached the container by https. */
  boolean isSecure() {
    return secure;
  }

  /** Returns the host that the browser asked for. */
  String host() {
    return publicOrigin == null ? String.valueOf(serverName) : publicOrigin.host();
  }

  /** Returns the origin of the site as the browser sees it. */
  public Origin origin() {
    if (publicOrigin != null) {
      return publicOrigin;
    }
    String host = host().toLowerCase(Locale.ROOT);
    boolean brackets = host.startsWith("[") && host.endsWith("]");
    return new Origin(
        String.valueOf(scheme).toLowerCase(Locale.ROOT),
        brackets ? host.substring(1, host.length() - 1) : host,
        port);
  }
}
