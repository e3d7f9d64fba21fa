package io.github.kameleoonservlet.it;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * A page that shows the visitor and one variation; signs in with {@code ?user=}, and forwards to
 * the path of {@code ?forward=}. Part of the deployed web apps.
 */
public final class SmallPage extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (request.getParameter("user") != null) {
      request.getSession().setAttribute("user", request.getParameter("user"));
    }
    String forward = request.getParameter("forward");
    if (forward != null && request.getAttribute("forwarded") == null) {
      request.setAttribute("forwarded", true);
      request.setAttribute("before", request.getAttribute("kameleoonVisitor"));
      request.getRequestDispatcher(forward).forward(request, response);
      return;
    }
    Object visitor = request.getAttribute("kameleoonVisitor");
    Map<?, ?> variations = (Map<?, ?>) request.getAttribute("kameleoonVariations");
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .printf(
            "<p id=\"visitor-code\">%s</p><p id=\"visitor-outcome\">%s</p>"
                + "<p id=\"same-visitor\">%s</p><p id=\"variation\">%s</p>%n",
            request.getAttribute("kameleoonVisitorCode"),
            visitor.toString().replaceAll("Visitor\\[|]", ""),
            visitor == request.getAttribute("before"),
            variations.get(request.getParameter("feature")));
  }
}
