package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.internal.http.ApplicationSdk;
import io.github.kameleoonservlet.internal.http.RequestCookies;
import io.github.kameleoonservlet.internal.http.ResponseChain;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request wrapper that reports what the application does with the request: a login or logout,
 * after which the user is determined again, and a read of the visitor code. Code that reads the
 * visitor cookie by itself gets the visitor code.
 */
public final class VisitorRequest extends HttpServletRequestWrapper {

  private final RequestScope scope;

  /** Wraps the request of a scope. */
  public VisitorRequest(HttpServletRequest request, RequestScope scope) {
    super(request);
    this.scope = scope;
  }

  /**
   * Reports a read of the code, because a string cannot report it. On an excluded path the code is
   * not an attribute of the container's request: the first read resolves it here.
   */
  @Override
  public @Nullable Object getAttribute(String name) {
    Object value = super.getAttribute(name);
    if (!Visitor.CODE_ATTRIBUTE.equals(name)) {
      return value;
    }
    return scope.read((visitor, decisions) -> value == null ? visitor.codeWhenRead() : value);
  }

  /**
   * Returns the container's cookies. A visitor cookie among them has the visitor code as its value
   * if the visitor is resolved when the application reads the value; otherwise the browser's value.
   */
  @Override
  public Cookie @Nullable [] getCookies() {
    Cookie[] cookies = super.getCookies();
    return cookies == null ? null : ReconciledCookie.among(cookies, scope);
  }

  /** Returns a header; the SDK gets the visitor code in the header {@code Cookie}. */
  @Override
  public @Nullable String getHeader(String name) {
    String value = super.getHeader(name);
    return ApplicationSdk.reads(RequestCookies.HEADER, name)
        ? RequestCookies.withVisitor(value, scope.codeForSdk())
        : value;
  }

  /** Returns the values of a header; those of the header {@code Cookie} are one for the SDK. */
  @Override
  public @Nullable Enumeration<String> getHeaders(String name) {
    Enumeration<String> values = super.getHeaders(name);
    if (!ApplicationSdk.reads(RequestCookies.HEADER, name)) {
      return values;
    }
    String all = values == null ? null : String.join(";", Collections.list(values));
    return Collections.enumeration(List.of(RequestCookies.withVisitor(all, scope.codeForSdk())));
  }

  /**
   * Starts asynchronous processing; the container keeps its request and response without this
   * library's wrappers.
   */
  @Override
  public AsyncContext startAsync() {
    scope.asyncStarts();
    scope.asyncStarting();
    return new VisitorAsyncContext(super.startAsync(), scope);
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    scope.asyncStarts();
    if (!ResponseChain.hasVisitorResponse(response)) {
      scope.asyncStarting();
    }
    return new VisitorAsyncContext(super.startAsync(request, response), scope);
  }

  @Override
  public AsyncContext getAsyncContext() {
    return new VisitorAsyncContext(super.getAsyncContext(), scope);
  }

  @Override
  public void login(String username, String password) throws ServletException {
    super.login(username, password);
    scope.change(UserChange::refresh);
  }

  @Override
  public void logout() throws ServletException {
    super.logout();
    scope.change(UserChange::afterLogout);
  }

  @Override
  public boolean authenticate(HttpServletResponse response) throws IOException, ServletException {
    boolean authenticated = super.authenticate(response);
    if (authenticated) {
      scope.change(UserChange::refresh);
    }
    return authenticated;
  }
}
