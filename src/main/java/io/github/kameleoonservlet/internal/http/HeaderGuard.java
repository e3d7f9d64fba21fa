package io.github.kameleoonservlet.internal.http;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A response wrapper that keeps the library's headers when the application writes the same header
 * or calls {@code reset()}. Drops a visitor cookie of the application, because an SDK that does not
 * know the user has written that cookie. Shows the SDK the visitor code as a cookie of the
 * response, so that the SDK returns this code and writes no cookie.
 *
 * <p>The table of {@link CacheHeaders} shows what happens to {@code Cache-Control}. A null name or
 * value goes to the container, which ignores it or removes the header.
 */
abstract class HeaderGuard extends HttpServletResponseWrapper {

  private static final Pattern DELETION =
      Pattern.compile(";\\s*max-age\\s*=\\s*0+\\s*(;|$)", Pattern.CASE_INSENSITIVE);

  /** The headers that the library writes to this response. */
  final VisitorHeaders headers;

  private final ShownVisitor visitor;

  HeaderGuard(HttpServletResponse response, VisitorHeaders headers, ShownVisitor visitor) {
    super(response);
    this.headers = headers;
    this.visitor = visitor;
  }

  @Override
  public boolean containsHeader(String name) {
    return !isHidden(name) && super.containsHeader(name);
  }

  @Override
  public @Nullable String getHeader(String name) {
    if (ApplicationSdk.reads(HeldCookie.HEADER, name)) {
      return cookieForSdk();
    }
    return isHidden(name) ? null : super.getHeader(name);
  }

  @Override
  public Collection<String> getHeaders(String name) {
    if (ApplicationSdk.reads(HeldCookie.HEADER, name)) {
      return List.of(cookieForSdk());
    }
    return isHidden(name) ? List.of() : super.getHeaders(name);
  }

  @Override
  public Collection<String> getHeaderNames() {
    return super.getHeaderNames().stream().filter(name -> !isHidden(name)).toList();
  }

  @Override
  public void setHeader(String name, String value) {
    if (isForSharedCaches(name) || (isVisitorCookie(name, value) && !replacesCookies(value))) {
      return;
    }
    if (isPrivateCacheControl(name)) {
      writeCacheControl(List.of(), value);
      return;
    }
    super.setHeader(name, value);
    if (HeldCookie.HEADER.equalsIgnoreCase(name)) {
      headers.restore();
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (isForSharedCaches(name)) {
      return;
    }
    if (isVisitorCookie(name, value)) {
      drop(value);
      return;
    }
    if (isPrivateCacheControl(name)) {
      writeCacheControl(List.copyOf(getHeaders(name)), value);
    } else {
      super.addHeader(name, value);
    }
  }

  /** Drops the headers for shared caches; the value of nginx's header is a number. */
  @Override
  public void setIntHeader(String name, int value) {
    if (!isForSharedCaches(name)) {
      super.setIntHeader(name, value);
    }
  }

  @Override
  public void addIntHeader(String name, int value) {
    if (!isForSharedCaches(name)) {
      super.addIntHeader(name, value);
    }
  }

  @Override
  public void addCookie(Cookie cookie) {
    if (RequestCookies.VISITOR_CODE.equals(cookie.getName())) {
      String value = cookie.getValue();
      visitor.droppedCookie(value == null || value.isEmpty() || cookie.getMaxAge() == 0);
    } else {
      super.addCookie(cookie);
    }
  }

  @Override
  public void reset() {
    super.reset();
    headers.restore();
  }

  /**
   * Returns whether the application does not see a header, because only the library has written the
   * header.
   */
  private boolean isHidden(String name) {
    return CacheDirectives.HEADER.equalsIgnoreCase(name)
        && headers.caching().owner() == CacheHeaders.Owner.LIBRARY;
  }

  // Tomcat ignores a header without a name.
  @SuppressWarnings("ConstantValue")
  private boolean isForSharedCaches(String name) {
    return name != null && headers.caching().isPrivate() && SharedCacheHeaders.has(name);
  }

  private boolean isPrivateCacheControl(String name) {
    return CacheDirectives.HEADER.equalsIgnoreCase(name) && headers.caching().isPrivate();
  }

  // Null values remove a header on some servers and are ignored by others.
  @SuppressWarnings("ConstantValue")
  private static boolean isVisitorCookie(String name, String value) {
    return HeldCookie.HEADER.equalsIgnoreCase(name)
        && value != null
        && value.startsWith(HeldCookie.NAME_IN_LINE);
  }

  /**
   * Drops the visitor cookie of a call that replaces all cookies. Returns whether the library's
   * cookie can take the place of the dropped one; otherwise the other cookies stay.
   */
  private boolean replacesCookies(String line) {
    drop(line);
    return headers.hasCookie() && !headers.writesCookie();
  }

  private void drop(String line) {
    // A filter that adds an attribute to all cookies writes the library's cookie again.
    if (!headers.writesCookie() && !headers.isCookieRepeatedBy(line)) {
      visitor.droppedCookie(isDeletion(line));
    }
  }

  private static boolean isDeletion(String line) {
    return line.startsWith(HeldCookie.NAME_IN_LINE + ";") || DELETION.matcher(line).find();
  }

  private String cookieForSdk() {
    // SDK 4.5.0 throws if the line has no attribute.
    return HeldCookie.NAME_IN_LINE + visitor.codeForSdk() + "; Path=/";
  }

  @SuppressWarnings("ConstantValue")
  private void writeCacheControl(List<String> present, String value) {
    List<String> values = new ArrayList<>(present);
    if (value != null) {
      values.add(value);
    }
    super.setHeader(CacheDirectives.HEADER, headers.caching().toPrivate(values));
    headers.caching().noteApplications(values);
  }
}
