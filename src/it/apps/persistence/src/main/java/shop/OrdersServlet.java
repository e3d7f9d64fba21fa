package shop;

import io.github.kameleoonservlet.Visitor;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;

/**
 * Prints the visitor's code and outcome. Signs in with {@code ?user=}; with {@code ?order=} places
 * an order by the named kind of persistence, and prints the number of orders.
 */
public class OrdersServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (request.getParameter("user") != null) {
      request.getSession().setAttribute("user", request.getParameter("user"));
    }
    Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
    String page = visitor.getCode() + " " + visitor.getOutcome();
    if (request.getParameter("order") != null) {
      page += " " + order(request.getParameter("order"), visitor.getCode());
    }
    response.setContentType("text/plain");
    response.getWriter().print(page);
  }

  private static Object order(String way, String code) throws ServletException {
    try {
      return switch (way) {
        case "hibernate5" -> Hibernate5Order.place(code);
        case "eclipselink" -> EclipseLinkOrder.place(code);
        default -> JdbcOrder.place(code);
      };
    } catch (ClassNotFoundException | SQLException e) {
      throw new ServletException(e);
    }
  }
}
