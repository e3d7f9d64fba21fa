package io.github.kameleoonservlet.it;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers every method with the visitor that it finds, once it has read the whole body. Goes into
 * the web apps that are deployed.
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
