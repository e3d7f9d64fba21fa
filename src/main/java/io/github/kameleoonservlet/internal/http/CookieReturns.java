package io.github.kameleoonservlet.internal.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A detector of browsers that do not return the visitor cookie: the cookie's {@code Domain} is a
 * public suffix, which browsers refuse silently, or a proxy removes the header.
 *
 * <p>The evidence is a top-level navigation with {@code Sec-Fetch-Site: same-origin}. Only a
 * browser sends this header value, and only while the browser shows a page of this host; crawlers
 * and HTTP clients without a cookie jar do not count. Logs one WARN for each domain. The first
 * cookie that a browser returns ends the watch for its domain. Thread-safe.
 */
final class CookieReturns {

  /** The number of navigations without the cookie that cause the WARN. */
  static final int ENOUGH = 50;

  private static final int OVER = -1;
  private static final String HOST_ONLY = "";
  private static final Logger LOG = LoggerFactory.getLogger(CookieReturns.class);

  /** Has at most one entry for each domain in the settings, and one for host-only cookies. */
  private final Map<String, AtomicInteger> missing = new ConcurrentHashMap<>();

  /**
   * Reads the evidence of a request.
   *
   * @param domain the cookie's {@code Domain}, or null if the cookie is host-only
   * @return a task that counts the evidence; run it when the response contains the cookie
   */
  Runnable watch(IncomingRequest request, @Nullable String domain) {
    AtomicInteger count =
        missing.computeIfAbsent(domain == null ? HOST_ONLY : domain, any -> new AtomicInteger());
    if (count.get() != OVER) {
      if (!request.cookies().visitorCodes().isEmpty()) {
        count.set(OVER);
      } else if (request.kind().isFollowedOwnLink()) {
        return () -> count(count, domain);
      }
    }
    return () -> {};
  }

  private static void count(AtomicInteger count, @Nullable String domain) {
    if (count.updateAndGet(n -> n == OVER ? OVER : n + 1) == ENOUGH) {
      count.set(OVER);
      warn(domain);
    }
  }

  private static void warn(@Nullable String domain) {
    String cause =
        domain == null
            ? "A proxy probably removes Set-Cookie or Cookie: let both pass."
            : "The domain is probably a public suffix (such as co.uk), which browsers refuse: set"
                + " topLevelDomain to your own domain below it. Otherwise a proxy removes"
                + " Set-Cookie or Cookie.";
    LOG.warn(
        "{} pages in a row were opened by links of this host, and no browser returned the visitor"
            + " cookie{}: every page makes a new visitor. {} Logged once.",
        ENOUGH,
        domain == null ? "" : " of Domain=" + domain,
        cause);
  }
}
