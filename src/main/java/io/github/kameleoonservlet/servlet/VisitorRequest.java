package io.github.kameleoonservlet.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Notices a login or logout that goes through the request, and asks again who the user is. */
final class VisitorRequest extends HttpServletRequestWrapper {

  private final RequestVisitor visitor;

  VisitorRequest(HttpServletRequest request, RequestVisitor visitor) {
    super(request);
    this.visitor = visitor;
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
