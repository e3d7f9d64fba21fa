package io.github.kameleoonservlet.benchmark;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Variation;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Map;

/**
 * A page of four kilobytes with the signed-in user, and with as many variations and reads of the
 * header {@code Cookie} as the URL requests.
 */
final class ShopPage extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final String TEXT = "<p>Teas from the growers</p>\n".repeat(140);

  /** The signed-in user, like the sample's {@code ShopUser}. */
  public static final class User {
    private final String name;

    User(String name) {
      this.name = name;
    }

    public String getName() {
      return name;
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getParameter("user") != null) {
      request.getSession().setAttribute("user", new User(request.getParameter("user")));
    }
    HttpSession session = request.getSession(false);
    String reads = request.getParameter("reads");
    StringBuilder page = new StringBuilder("<!doctype html>\n<title>Shop</title>\n");
    page.append("<p>")
        .append(session == null ? "Hello" : ((User) session.getAttribute("user")).getName());
    for (int i = 0; reads != null && i < Integer.parseInt(reads); i++) {
      page.append("</p>\n<p>").append(variation(request, BenchmarkDataFile.feature(i)));
    }
    if (request.getParameter("segment") != null) {
      page.append("</p>\n<p>").append(variation(request, BenchmarkDataFile.SEGMENTED));
    }
    String headers = request.getParameter("headers");
    for (int i = 0; headers != null && i < Integer.parseInt(headers); i++) {
      page.append(request.getHeader("Cookie").isEmpty() ? "-" : "+");
    }
    response.setContentType("text/html;charset=UTF-8");
    response.getWriter().append(page).append("</p>\n").append(TEXT);
  }

  /** Returns one character in every application. */
  private static String variation(HttpServletRequest request, String feature) {
    if (request.getAttribute(Visitor.VARIATIONS_ATTRIBUTE) instanceof Map<?, ?> variations
        && variations.get(feature) instanceof Variation variation) {
      return variation.getKey().equals("control") ? "A" : "B";
    }
    return "-";
  }
}
