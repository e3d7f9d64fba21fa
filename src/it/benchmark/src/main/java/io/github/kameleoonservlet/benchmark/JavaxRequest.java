package io.github.kameleoonservlet.benchmark;

import java.lang.reflect.Proxy;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletRequestWrapper;

/**
 * A Jakarta EE request as an argument of the SDK, which reads one header and nothing else (4.5.0).
 */
final class JavaxRequest extends HttpServletRequestWrapper {

  private static final HttpServletRequest NOTHING_ELSE =
      (HttpServletRequest)
          Proxy.newProxyInstance(
              JavaxRequest.class.getClassLoader(),
              new Class<?>[] {HttpServletRequest.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.toString());
              });

  private final jakarta.servlet.http.HttpServletRequest request;

  JavaxRequest(jakarta.servlet.http.HttpServletRequest request) {
    super(NOTHING_ELSE);
    this.request = request;
  }

  @Override
  public String getHeader(String name) {
    return request.getHeader(name);
  }
}
