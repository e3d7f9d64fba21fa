package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.AccessDecider;
import io.github.kameleoonservlet.identity.InMemoryVisitorCodeStore;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletMapping;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletConfig;
import org.springframework.mock.web.MockServletContext;

/** An application with the filter and the status servlet, which decides offline. */
final class StatusShop implements AutoCloseable {

  static final String ROLE = "shop-watcher";

  final Map<String, String> settings = new HashMap<>();
  final Map<String, String> servletSettings = new HashMap<>();
  final MockServletContext context = new Context();
  private KameleoonVisitorFilter filter;
  private KameleoonStatusServlet servlet;

  StatusShop() {
    settings.put("dataFile", "webapp-sample/src/main/webapp/WEB-INF/kameleoon-data-file.json");
    settings.put("store", InMemoryVisitorCodeStore.class.getName());
    servletSettings.put("role", ROLE);
  }

  /** Starts the filter and the servlet at the first call. */
  StatusShop start() throws ServletException {
    startFilter();
    startServlet();
    return this;
  }

  void startFilter() throws ServletException {
    if (filter == null) {
      MockFilterConfig config = new MockFilterConfig(context, "visitor");
      settings.forEach(config::addInitParameter);
      KameleoonVisitorFilter started = new KameleoonVisitorFilter();
      started.init(config);
      filter = started;
    }
  }

  private void startServlet() throws ServletException {
    if (servlet == null) {
      MockServletConfig config = new MockServletConfig(context, "status");
      servletSettings.forEach(config::addInitParameter);
      servlet = new KameleoonStatusServlet();
      servlet.init(config);
    }
  }

  /** Returns the request of a caller without a role. */
  MockHttpServletRequest request(String method, String path) {
    MockHttpServletRequest request =
        new MockHttpServletRequest(context, method, "/kameleoon" + path);
    request.setServletPath("/kameleoon");
    request.setPathInfo(path.isEmpty() ? null : path);
    request.setHttpServletMapping(
        new MockHttpServletMapping(path, "/kameleoon/*", "status", MappingMatch.PATH));
    return request;
  }

  /** Returns the request of an operator. */
  MockHttpServletRequest operator(String method, String path) {
    MockHttpServletRequest request = request(method, path);
    request.addUserRole(ROLE);
    return request;
  }

  MockHttpServletResponse get(String path) throws Exception {
    return send(operator("GET", path));
  }

  MockHttpServletResponse send(MockHttpServletRequest request) throws Exception {
    start();
    MockHttpServletResponse response = new MockHttpServletResponse();
    filter.doFilter(request, response, new MockFilterChain(servlet));
    return response;
  }

  /** Sends a request to the servlet of an application without the filter. */
  MockHttpServletResponse withoutFilter(MockHttpServletRequest request) throws Exception {
    startServlet();
    MockHttpServletResponse response = new MockHttpServletResponse();
    servlet.service(request, response);
    return response;
  }

  /** Opens a page of the application, which reads the visitor. */
  MockHttpServletRequest openPage(String path, String user, Servlet page) throws Exception {
    start();
    MockHttpServletRequest request = new MockHttpServletRequest(context, "GET", path);
    request.setServletPath(path);
    request.setAsyncSupported(true);
    request.setRemoteUser(user);
    filter.doFilter(request, new MockHttpServletResponse(), new MockFilterChain(page));
    return request;
  }

  MockHttpServletRequest openPage(String path, String user) throws Exception {
    return openPage(path, user, new Page());
  }

  /** Opens a page of the application, which forwards the operator to the servlet. */
  MockHttpServletResponse forward(String from, String to) throws Exception {
    start();
    MockHttpServletRequest page = new MockHttpServletRequest(context, "GET", from);
    page.setServletPath(from);
    page.setAsyncSupported(true);
    page.addUserRole(ROLE);
    MockHttpServletResponse response = new MockHttpServletResponse();
    MockHttpServletRequest target = operator("GET", to);
    filter.doFilter(
        page,
        response,
        (request, wrapped) -> {
          page.setDispatcherType(DispatcherType.FORWARD);
          page.setServletPath(target.getServletPath());
          page.setPathInfo(target.getPathInfo());
          page.setHttpServletMapping(target.getHttpServletMapping());
          filter.doFilter(request, wrapped, new MockFilterChain(servlet));
          page.setDispatcherType(DispatcherType.REQUEST);
        });
    return response;
  }

  static String text(MockHttpServletResponse response) {
    return new String(response.getContentAsByteArray(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    if (filter != null) {
      filter.destroy();
    }
  }

  /** A page that reads a feature. */
  private static final class Page extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      io.github.kameleoonservlet.Visitor visitor =
          (io.github.kameleoonservlet.Visitor) request.getAttribute("kameleoonVisitor");
      response.getWriter().print(visitor.variation("spring-offer").getKey());
    }
  }

  /** A decision by a header. */
  public static final class HeaderDecider implements AccessDecider {
    @Override
    public boolean isAllowed(HttpServletRequest request) {
      return request.getHeader("X-Operator") != null;
    }
  }

  private final class Context extends MockServletContext {

    @Override
    public Map<String, ? extends ServletRegistration> getServletRegistrations() {
      return Map.of("status", status());
    }

    @Override
    public ServletRegistration getServletRegistration(String name) {
      return name.equals("status") ? status() : null;
    }

    private ServletRegistration status() {
      return (ServletRegistration)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {ServletRegistration.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "getClassName" -> KameleoonStatusServlet.class.getName();
                    case "getName" -> "status";
                    case "getInitParameters" -> servletSettings;
                    default -> throw new UnsupportedOperationException(method.getName());
                  });
    }
  }
}
