package io.github.kameleoonservlet.sample;

import io.github.kameleoonservlet.Visitor;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/** Signs the user out, and notifies the filter, which cannot detect the end of a session. */
public final class LogoutServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
    ((Visitor) request.getAttribute(Visitor.ATTRIBUTE)).signOut();
    response.sendRedirect(request.getContextPath() + "/");
  }
}
