package shop;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Map;
import java.util.TreeMap;

/** Responds to {@code /engine/page} with the template {@code page} of an engine. */
abstract class TemplateServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** Writes a page. */
  abstract void write(
      String page, HttpServletRequest request, HttpServletResponse response, Writer out)
      throws IOException;

  @Override
  protected final void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // A page that fails halfway must be a 500 without a part of the page.
    StringWriter out = new StringWriter();
    write(request.getPathInfo().substring(1), request, response, out);
    response.setContentType("text/html; charset=UTF-8");
    response.getWriter().print(out);
  }

  /** Returns the request's attributes, for an engine that does not read the request. */
  static Map<String, Object> attributes(HttpServletRequest request) {
    Map<String, Object> attributes = new TreeMap<>();
    request
        .getAttributeNames()
        .asIterator()
        .forEachRemaining(name -> attributes.put(name, request.getAttribute(name)));
    return attributes;
  }
}
