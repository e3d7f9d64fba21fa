package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.internal.http.ResponseChain;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Notices what the application does with its request: a login or logout, after which it asks again
 * who the user is, and that the visitor code is read.
 */
public final class VisitorRequest extends HttpServletRequestWrapper {

  private final RequestVisitor visitor;

  public VisitorRequest(HttpServletRequest request, RequestVisitor visitor) {
    super(request);
    this.visitor = visitor;
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
    visitor.read();
    return value == null ? visitor.codeWhenRead() : value;
  }

  /** What the server keeps for the asynchronous thread has no wrapper of ours. */
  @Override
  public AsyncContext startAsync() {
    visitor.startAsync();
    return new VisitorAsyncContext(super.startAsync(), visitor);
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    if (!ResponseChain.hasVisitorResponse(response)) {
      visitor.startAsync();
    }
    return new VisitorAsyncContext(super.startAsync(request, response), visitor);
  }

  @Override
  public AsyncContext getAsyncContext() {
    return new VisitorAsyncContext(super.getAsyncContext(), visitor);
  }

  @Override
  public void login(String username, String password) throws ServletException {
    super.login(username, password);
    visitor.refresh();
  }

  @Override
  public void logout() throws ServletException {
    super.logout();
    visitor.afterLogout();
  }

  @Override
  public boolean authenticate(HttpServletResponse response) throws IOException, ServletException {
    boolean authenticated = super.authenticate(response);
    if (authenticated) {
      visitor.refresh();
    }
    return authenticated;
  }
}
