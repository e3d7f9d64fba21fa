package io.github.kameleoonservlet.it;

import io.github.kameleoonservlet.internal.kameleoon.ApplicationsClient;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A page of old code that takes the visitor code from Kameleoon's SDK, with the user's id as the
 * default. The path names the kind of the response. {@code ?user=} signs the user in for the next
 * request. Part of the deployed web app.
 */
public final class OldCodePage extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private transient ApplicationsClient client;

  @Override
  public void init() {
    client =
        new ApplicationsClient(
            getServletContext().getRealPath("/WEB-INF/kameleoon-data-file.json"));
    getServletContext().setAttribute("oldClient", client);
  }

  @Override
  public void destroy() {
    client.close();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String user = request.getParameter("user");
    if (user != null) {
      request.getSession().setAttribute("user", user);
    }
    switch (String.valueOf(request.getPathInfo())) {
      case "/forward" -> request.getRequestDispatcher("/old/shown").forward(request, response);
      case "/error" -> response.sendError(HttpServletResponse.SC_CONFLICT);
      case "/exception" -> throw new ServletException("for the error page");
      case "/dispatch" -> request.startAsync().dispatch("/old/shown");
      case "/thread" -> {
        AsyncContext async = request.startAsync();
        async.start(() -> answerOnThread(async));
      }
      case "/json" -> answer("application/json", request, response);
      default -> answer("text/html", request, response);
    }
  }

  private void answerOnThread(AsyncContext async) {
    try {
      answer(
          "application/json",
          (HttpServletRequest) async.getRequest(),
          (HttpServletResponse) async.getResponse());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } finally {
      async.complete();
    }
  }

  private void answer(String type, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType(type);
    String code = client.visitorCode(request, response, "the-id-of-a-user");
    String again = client.visitorCode(request, response);
    response
        .getWriter()
        .printf(
            "<p id=\"visitor-code\">%s</p><p id=\"again\">%s</p><p id=\"attribute-code\">%s</p>",
            code, again, request.getAttribute("kameleoonVisitorCode"));
  }
}
