package io.github.kameleoonservlet.internal.http;

import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.outage.FirstOccurrences;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the values of the {@code Set-Cookie} headers (RFC 6265 section 4.1).
 *
 * <p>Never {@code HttpOnly}: engine.js and the JS SDK must read the cookie, and the SDK makes a new
 * code at every call when it cannot (JS SDK 4.17.1). Thread-safe.
 */
public final class VisitorCookie {

  /** 380 days, as the Java SDK 4.5.0 writes it. */
  private static final int MAX_AGE_SECONDS = 32_832_000;

  private static final Logger LOG = LoggerFactory.getLogger(VisitorCookie.class);

  private final BrowserRequest browser;
  private final List<String> domains;
  private final boolean alwaysSecure;
  private final String sameSite;
  private final FirstOccurrences warned = new FirstOccurrences();
  private final CookieReturns returns = new CookieReturns();

  /**
   * Takes the cookie's settings.
   *
   * @param browser tells which host the browser asked for
   * @param domains candidates for the {@code Domain} attribute. The longest that matches the
   *     request's host applies; if none does, the cookie is host-only
   * @param alwaysSecure whether the cookie is {@code Secure} on plain requests, too
   * @param sameSite {@code Lax} or {@code None}
   */
  public VisitorCookie(
      BrowserRequest browser, List<String> domains, boolean alwaysSecure, String sameSite) {
    this.browser = browser;
    this.domains =
        domains.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    this.alwaysSecure = alwaysSecure;
    this.sameSite = sameSite;
  }

  /**
   * The headers that give the browser a code.
   *
   * @param changed whether the browser may have another one; under a {@code Domain} the host-only
   *     twin, which browsers send beside it, is then expired
   */
  public List<String> set(HttpServletRequest request, VisitorCode code, boolean changed) {
    String domain = domain(request);
    String cookie = header(request, code.value(), MAX_AGE_SECONDS, domain);
    return changed && domain != null
        ? List.of(header(request, "", 0, null), cookie)
        : List.of(cookie);
  }

  /** Returns a task that notes a response with the cookie; run it when the cookie is written. */
  public Runnable watch(HttpServletRequest request) {
    return returns.watch(request, domain(request));
  }

  /** The headers that take the code away from the browser. */
  public List<String> delete(HttpServletRequest request) {
    String domain = domain(request);
    String hostOnly = header(request, "", 0, null);
    return domain == null ? List.of(hostOnly) : List.of(hostOnly, header(request, "", 0, domain));
  }

  /**
   * The headers of another cookie of ours, which goes wherever the visitor's goes; its host-only
   * twin, which a script of the application may have written, would contradict it for ever.
   */
  public List<String> companion(
      HttpServletRequest request, String name, String value, int maxAgeSeconds) {
    String domain = domain(request);
    String cookie = header(request, name, value, maxAgeSeconds, domain);
    return domain == null ? List.of(cookie) : List.of(header(request, name, "", 0, null), cookie);
  }

  private String header(
      HttpServletRequest request, String value, int maxAge, @Nullable String domain) {
    return header(request, CookieHeader.NAME, value, maxAge, domain);
  }

  private String header(
      HttpServletRequest request, String name, String value, int maxAge, @Nullable String domain) {
    StringBuilder header = new StringBuilder(name).append('=').append(value).append("; Path=/");
    if (domain != null) {
      header.append("; Domain=").append(domain);
    }
    header.append("; Max-Age=").append(maxAge).append("; SameSite=").append(sameSite);
    if (alwaysSecure || request.isSecure()) {
      header.append("; Secure");
    }
    return header.toString();
  }

  private @Nullable String domain(HttpServletRequest request) {
    if (domains.isEmpty()) {
      return null;
    }
    String host = "." + browser.host(request).toLowerCase(Locale.ROOT);
    for (String domain : domains) {
      if (host.endsWith("." + domain)) {
        return domain;
      }
    }
    // A browser throws a cookie away whose Domain does not cover the host.
    if (warned.isFirst()) {
      LOG.warn(
          "A request came for a host that is not under topLevelDomain={}: its visitor cookie is"
              + " host-only. Check whether a proxy drops the Host header, or set publicOrigin. Logged once.",
          String.join(",", domains));
    }
    return null;
  }
}
