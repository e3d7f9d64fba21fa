package io.github.kameleoonservlet.it;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Forwards to the path that {@code to} names, by the dispatcher that {@code by} names. As {@code
 * /empty} it responds with a media type and no body, as {@code /error} with an error page. Part of
 * the deployed web app.
 */
public final class ForwardPage extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    switch (request.getServletPath()) {
      case "/empty" -> response.setContentType("text/html");
      case "/error" -> response.sendError(HttpServletResponse.SC_CONFLICT);
      default -> {
        dispatcher(request).forward(request, response);
        if (request.getParameter("late") != null) {
          // Legacy code continues after a forward; the container ignores its output.
          response.getWriter().print("too late");
        }
      }
    }
  }

  private RequestDispatcher dispatcher(HttpServletRequest request) {
    String to = request.getParameter("to");
    return "context".equals(request.getParameter("by"))
        ? getServletContext().getRequestDispatcher(to)
        : request.getRequestDispatcher(to);
  }
}
