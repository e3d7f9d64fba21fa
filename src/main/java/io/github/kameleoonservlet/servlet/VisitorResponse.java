package io.github.kameleoonservlet.servlet;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps our headers against what the application does to its response: its own {@code
 * Cache-Control}, its own visitor cookie (an SDK's, which knows nothing of the user), {@code
 * reset()}.
 */
final class VisitorResponse extends HttpServletResponseWrapper {

  private final VisitorHeaders headers;

  VisitorResponse(HttpServletResponse response, VisitorHeaders headers) {
    super(response);
    this.headers = headers;
  }

  @Override
  public void setHeader(String name, String value) {
    if (isOurCookie(name, value) || isForSharedCaches(name)) {
      return;
    }
    super.setHeader(name, isOurCacheControl(name) ? privately(List.of(), value) : value);
    if ("Set-Cookie".equalsIgnoreCase(name)) {
      headers.writeAgain();
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (isOurCookie(name, value) || isForSharedCaches(name)) {
      return;
    }
    if (isOurCacheControl(name)) {
      super.setHeader(name, privately(List.copyOf(getHeaders(name)), value));
    } else {
      super.addHeader(name, value);
    }
  }

  /** As nginx's own may be set. */
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
    if (!CookieHeader.NAME.equals(cookie.getName())) {
      super.addCookie(cookie);
    }
  }

  @Override
  public void reset() {
    super.reset();
    headers.writeAgain();
  }

  // Tomcat ignores a header without a name.
  @SuppressWarnings("ConstantValue")
  private boolean isForSharedCaches(String name) {
    return name != null && headers.isPrivate() && VisitorHeaders.isForSharedCaches(name);
  }

  private boolean isOurCacheControl(String name) {
    return CacheControl.HEADER.equalsIgnoreCase(name) && headers.isPrivate();
  }

  // Null values remove a header on some servers and are ignored by others.
  @SuppressWarnings("ConstantValue")
  private static boolean isOurCookie(String name, String value) {
    return "Set-Cookie".equalsIgnoreCase(name)
        && value != null
        && value.startsWith(CookieHeader.NAME + "=");
  }

  @SuppressWarnings("ConstantValue")
  private static String privately(List<String> present, String value) {
    List<String> values = new ArrayList<>(present);
    if (value != null) {
      values.add(value);
    }
    return CacheControl.privately(values);
  }
}
