package io.github.kameleoonservlet.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps our two headers on one response: the visitor cookie, and {@code Cache-Control: private}.
 *
 * <p>They are written before the application runs, and again after what takes them away: {@code
 * reset()}, the application's own {@code Cache-Control}, an error dispatch. Nothing is written to a
 * committed response. Not thread-safe, as no response is.
 */
final class VisitorHeaders {

  private static final String OF_NGINX = "x-accel-expires";
  private static final Set<String> SHARED_CACHES_OWN =
      Set.of("surrogate-control", "edge-control", OF_NGINX);

  private static final Pattern PAGE =
      Pattern.compile("\\s*(?:text/html|application/xhtml\\+xml)", Pattern.CASE_INSENSITIVE);

  private static final String SET_COOKIE = "Set-Cookie";
  private static final String OURS = CacheControl.privately(List.of());

  private HttpServletResponse response;
  private List<String> cookie = List.of();
  private boolean keepPrivate;
  private boolean unguarded;
  private boolean expectsPage;
  private boolean theySayPrivate;
  private boolean asking;

  /** Writes to the server's own response, past the wrappers of the filters before us. */
  VisitorHeaders(HttpServletResponse response) {
    this.response = ServersOwn.response(response);
  }

  /**
   * Whether shared caches obey a header before Cache-Control: CDN-Cache-Control and all of its form
   * (RFC 9213), and those of Edge Architecture, Akamai and nginx.
   */
  static boolean isForSharedCaches(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith("-cache-control") || SHARED_CACHES_OWN.contains(lower);
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

  /** Writes the visitor cookie in place of any that is there. */
  void setCookie(List<String> headers) {
    if (open()) {
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

  /** From now on an answer that turns out to be a page is kept out of shared caches. */
  void expectPage() {
    expectsPage = true;
  }

  /**
   * Takes note of the answer's media type, or null. The request's headers can tell a page as
   * something else, and a shared cache does not look at them; what a page shows may be read when it
   * is committed.
   */
  void mediaTypeIs(@Nullable String type) {
    if (expectsPage && type != null && PAGE.matcher(type).lookingAt()) {
      keepPrivate();
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
        || response.getHeaderNames().stream()
            .anyMatch(name -> isForSharedCaches(name) && !isOff(name));
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
    for (String name : List.copyOf(response.getHeaderNames())) {
      if (isForSharedCaches(name)) {
        response.setHeader(name, nothing(name));
      }
    }
  }

  private boolean isOff(String name) {
    return List.copyOf(response.getHeaders(name)).equals(List.of(nothing(name)));
  }

  private static String nothing(String name) {
    // Of nginx's only a number counts.
    return name.equalsIgnoreCase(OF_NGINX) ? "0" : "no-store";
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
