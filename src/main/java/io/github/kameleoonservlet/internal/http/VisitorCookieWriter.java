package io.github.kameleoonservlet.internal.http;

import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.outage.FirstOccurrences;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer of the library's {@code Set-Cookie} headers (RFC 6265 section 4.1).
 *
 * <p>The cookies are never {@code HttpOnly}: engine.js and the JS SDK must read the cookie, and an
 * SDK that cannot read it draws a new code at every call (JS SDK 4.17.1). Thread-safe.
 */
public final class VisitorCookieWriter {

  /** 380 days, as in the cookie of the Java SDK 4.5.0. */
  private static final int MAX_AGE_SECONDS = 32_832_000;

  private static final Logger LOG = LoggerFactory.getLogger(VisitorCookieWriter.class);

  private final List<String> domains;
  private final boolean alwaysSecure;
  private final String sameSite;
  private final FirstOccurrences warned = new FirstOccurrences();
  private final CookieReturns returns = new CookieReturns();

  /**
   * Creates a writer.
   *
   * @param domains candidates for the {@code Domain} attribute. The longest that matches the
   *     request's host applies; if none does, the cookie is host-only
   * @param alwaysSecure whether the cookie also has {@code Secure} if the request came by http
   * @param sameSite {@code Lax} or {@code None}
   */
  public VisitorCookieWriter(List<String> domains, boolean alwaysSecure, String sameSite) {
    this.domains =
        domains.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    this.alwaysSecure = alwaysSecure;
    this.sameSite = sameSite;
  }

  /**
   * Returns the cookie that gives the browser a code.
   *
   * @param changed whether the browser may have another code. Under a {@code Domain} a header then
   *     expires the host-only twin, which browsers would send beside the cookie
   */
  public OfferedCookie set(IncomingRequest incoming, VisitorCode code, boolean changed) {
    RequestKind request = incoming.kind();
    String domain = domain(request);
    String cookie = header(request, code.value(), MAX_AGE_SECONDS, domain);
    List<String> lines =
        changed && domain != null ? List.of(header(request, "", 0, null), cookie) : List.of(cookie);
    return new OfferedCookie(lines, returns.watch(incoming, domain));
  }

  /** Returns the headers that delete the cookie, and its host-only twin. */
  public List<String> delete(RequestKind request) {
    String domain = domain(request);
    String hostOnly = header(request, "", 0, null);
    return domain == null ? List.of(hostOnly) : List.of(hostOnly, header(request, "", 0, domain));
  }

  /**
   * Returns the headers of another cookie of this library with the same attributes. The headers
   * expire the host-only twin of the cookie, which a script of the application may have written,
   * because the twin would contradict the cookie permanently.
   */
  public List<String> companion(RequestKind request, String name, String value, int maxAgeSeconds) {
    String domain = domain(request);
    String cookie = header(request, name, value, maxAgeSeconds, domain);
    return domain == null ? List.of(cookie) : List.of(header(request, name, "", 0, null), cookie);
  }

  /**
   * Returns the header of a cookie of this host that no script reads, and that ends with the
   * browser's session.
   *
   * @param value the value; an empty one deletes the cookie
   */
  public String ofSession(RequestKind request, String name, String value) {
    return name
        + "="
        + value
        + "; Path=/; HttpOnly; SameSite=Lax"
        + (value.isEmpty() ? "; Max-Age=0" : "")
        + (alwaysSecure || request.isSecure() ? "; Secure" : "");
  }

  private String header(RequestKind request, String value, int maxAge, @Nullable String domain) {
    return header(request, RequestCookies.VISITOR_CODE, value, maxAge, domain);
  }

  private String header(
      RequestKind request, String name, String value, int maxAge, @Nullable String domain) {
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

  private @Nullable String domain(RequestKind request) {
    if (domains.isEmpty()) {
      return null;
    }
    String host = "." + request.host().toLowerCase(Locale.ROOT);
    for (String domain : domains) {
      if (host.endsWith("." + domain)) {
        return domain;
      }
    }
    // Browsers refuse a cookie whose Domain does not cover the host.
    if (warned.isFirst()) {
      LOG.warn(
          "The host of a request is not under topLevelDomain={}, so its visitor cookie is host-only."
              + " Check whether a proxy drops the Host header, or set publicOrigin. Logged once.",
          String.join(",", domains));
    }
    return null;
  }
}
