package io.github.kameleoonservlet.it;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A page that responds later, on another thread: dispatches to a page, with {@code ?public} to one
 * that allows shared caches, or with {@code ?write} writes by itself, past the wrappers of the
 * filters. Part of the deployed web app.
 */
public final class AsyncPage extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) {
    request.setAttribute("before", request.getAttribute("kameleoonVisitorCode"));
    AsyncContext async = request.startAsync();
    if (request.getParameter("write") == null) {
      String page = request.getParameter("public") == null ? "/WEB-INF/visitor.jsp" : "/public.jsp";
      async.start(() -> async.dispatch(page));
    } else {
      async.start(() -> write(async));
    }
  }

  private static void write(AsyncContext async) {
    try {
      Map<?, ?> variations = (Map<?, ?>) async.getRequest().getAttribute("kameleoonVariations");
      async.getResponse().setContentType("text/html");
      ((HttpServletResponse) async.getResponse()).setHeader("Cache-Control", "public, max-age=60");
      async
          .getResponse()
          .getWriter()
          .printf(
              "<p id=\"visitor-code\">%s</p><p id=\"variation\">%s</p><p id=\"asked-key\">%s</p>",
              async.getRequest().getAttribute("kameleoonVisitorCode"),
              variations.get("free-shipping"),
              variations.get("asked-url"));
      // The page reads nothing more of the visitor after this line.
      ((HttpServletResponse) async.getResponse()).addHeader("Cache-Control", "public");
      ((HttpServletResponse) async.getResponse()).setHeader("CDN-Cache-Control", "max-age=60");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      async.complete();
    }
  }
}
