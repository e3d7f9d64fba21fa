package io.github.kameleoonservlet.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.MappingMatch;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import org.springframework.mock.web.MockHttpServletMapping;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;

/** Makes API calls with a browser's cookies, through filter and servlet. */
public final class ApiBrowser {

  private static final MockServletContext CONTEXT = new Context();

  private final TestShop.Browser browser;
  private final KameleoonVisitorServlet servlet = new KameleoonVisitorServlet();

  public ApiBrowser(TestShop.Browser browser) {
    this.browser = browser;
  }

  MockHttpServletResponse get(String path) {
    return send(request("GET", path));
  }

  MockHttpServletResponse post(String path, String body) {
    return send(withBody(request("POST", path), "application/json", body));
  }

  public static MockHttpServletRequest withBody(
      MockHttpServletRequest request, String contentType, String body) {
    request.setContentType(contentType);
    request.setContent(body.getBytes(StandardCharsets.UTF_8));
    return request;
  }

  public MockHttpServletRequest request(String method, String path) {
    return call(method, path);
  }

  public static MockHttpServletRequest call(String method, String path) {
    return call(CONTEXT, method, path);
  }

  static MockHttpServletRequest call(ServletContext context, String method, String path) {
    MockHttpServletRequest request = new MockHttpServletRequest(context, method, "/api" + path);
    request.setServletPath("/api");
    request.setPathInfo(path);
    request.setHttpServletMapping(
        new MockHttpServletMapping(path, "/api/*", "api", MappingMatch.PATH));
    return request;
  }

  public MockHttpServletResponse send(MockHttpServletRequest request) {
    return browser.send(request, servlet::service);
  }

  /** An application whose only servlet is the library's. */
  static final class Context extends MockServletContext {
    @Override
    public ServletRegistration getServletRegistration(String servletName) {
      return (ServletRegistration)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {ServletRegistration.class},
              (proxy, method, arguments) ->
                  method.getName().equals("getClassName")
                      ? KameleoonVisitorServlet.class.getName()
                      : null);
    }
  }
}
