package io.github.kameleoonservlet.benchmark;

import java.lang.reflect.Proxy;
import java.util.Collection;
import javax.servlet.http.Cookie;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpServletResponseWrapper;

/**
 * A Jakarta EE response as an argument of the SDK, which reads the headers of one name and adds a
 * cookie (4.5.0).
 */
final class JavaxResponse extends HttpServletResponseWrapper {

  private static final HttpServletResponse NOTHING_ELSE =
      (HttpServletResponse)
          Proxy.newProxyInstance(
              JavaxResponse.class.getClassLoader(),
              new Class<?>[] {HttpServletResponse.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.toString());
              });

  private final jakarta.servlet.http.HttpServletResponse response;

  JavaxResponse(jakarta.servlet.http.HttpServletResponse response) {
    super(NOTHING_ELSE);
    this.response = response;
  }

  @Override
  public Collection<String> getHeaders(String name) {
    return response.getHeaders(name);
  }

  @Override
  public void addCookie(Cookie cookie) {
    jakarta.servlet.http.Cookie copy =
        new jakarta.servlet.http.Cookie(cookie.getName(), cookie.getValue());
    copy.setMaxAge(cookie.getMaxAge());
    copy.setHttpOnly(cookie.isHttpOnly());
    copy.setPath(cookie.getPath());
    if (cookie.getDomain() != null) {
      copy.setDomain(cookie.getDomain());
    }
    response.addCookie(copy);
  }
}
