package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.identity.VisitorCode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the values of the {@code Set-Cookie} headers (RFC 6265 section 4.1).
 *
 * <p>Never {@code HttpOnly}: engine.js and the JS SDK must read the cookie, and the SDK makes a new
 * code at every call when it cannot (JS SDK 4.17.1). Thread-safe.
 */
final class VisitorCookie {

  /** 380 days, as the Java SDK 4.5.0 writes it. */
  private static final int MAX_AGE_SECONDS = 32_832_000;

  private static final Logger LOG = LoggerFactory.getLogger(VisitorCookie.class);

  private final BrowserRequest browser;
  private final @Nullable String domain;
  private final boolean alwaysSecure;
  private final String sameSite;
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * Takes the cookie's settings.
   *
   * @param browser tells which host the browser asked for
   * @param domain the {@code Domain} attribute, or null for a host-only cookie
   * @param alwaysSecure whether the cookie is {@code Secure} on plain requests, too
   * @param sameSite {@code Lax} or {@code None}
   */
  VisitorCookie(
      BrowserRequest browser, @Nullable String domain, boolean alwaysSecure, String sameSite) {
    this.browser = browser;
    this.domain = domain;
    this.alwaysSecure = alwaysSecure;
    this.sameSite = sameSite;
  }

  /**
   * The headers that give the browser a code.
   *
   * @param changed whether the browser may have another one; under a {@code Domain} the host-only
   *     twin, which browsers send beside it, is then expired
   */
  List<String> set(HttpServletRequest request, VisitorCode code, boolean changed) {
    String cookie = header(request, code.value(), MAX_AGE_SECONDS, inDomain(request));
    return changed && inDomain(request)
        ? List.of(header(request, "", 0, false), cookie)
        : List.of(cookie);
  }

  /** The headers that take the code away from the browser. */
  List<String> delete(HttpServletRequest request) {
    String hostOnly = header(request, "", 0, false);
    return inDomain(request) ? List.of(hostOnly, header(request, "", 0, true)) : List.of(hostOnly);
  }

  /**
   * The headers of another cookie of ours, which goes wherever the visitor's goes; its host-only
   * twin, which a script of the application may have written, would contradict it for ever.
   */
  List<String> companion(HttpServletRequest request, String name, String value, int maxAgeSeconds) {
    String cookie = header(request, name, value, maxAgeSeconds, inDomain(request));
    return inDomain(request)
        ? List.of(header(request, name, "", 0, false), cookie)
        : List.of(cookie);
  }

  private String header(HttpServletRequest request, String value, int maxAge, boolean inDomain) {
    return header(request, CookieHeader.NAME, value, maxAge, inDomain);
  }

  private String header(
      HttpServletRequest request, String name, String value, int maxAge, boolean inDomain) {
    StringBuilder header = new StringBuilder(name).append('=').append(value).append("; Path=/");
    if (inDomain) {
      header.append("; Domain=").append(domain);
    }
    header.append("; Max-Age=").append(maxAge).append("; SameSite=").append(sameSite);
    if (alwaysSecure || request.isSecure()) {
      header.append("; Secure");
    }
    return header.toString();
  }

  private boolean inDomain(HttpServletRequest request) {
    if (domain == null) {
      return false;
    }
    String host = browser.host(request).toLowerCase(Locale.ROOT);
    if (host.equals(domain) || host.endsWith("." + domain)) {
      return true;
    }
    // A browser throws a cookie away whose Domain does not cover the host.
    if (warned.compareAndSet(false, true)) {
      LOG.warn(
          "A request came for a host that is not under topLevelDomain={}: its visitor cookie is"
              + " host-only. Is the Host header lost in a proxy? This is said once.",
          domain);
    }
    return false;
  }
}
