package io.github.kameleoonservlet.it;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A page that responds to every method with the request's visitor, after it has read the whole
 * body. Part of the deployed web apps.
 */
public final class PlainPage extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    request.getInputStream().readAllBytes();
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .printf("<p id=\"visitor-code\">%s</p>%n", request.getAttribute("kameleoonVisitorCode"));
  }
}
