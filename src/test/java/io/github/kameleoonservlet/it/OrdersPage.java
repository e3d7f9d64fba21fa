package io.github.kameleoonservlet.it;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceUnit;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import javax.naming.InitialContext;

/**
 * A page that places an order in the application's JTA unit, reads the visitor for the first time
 * within the transaction, and counts the visitor's orders in the application's resource-local unit.
 * Signs in with {@code ?user=}. Part of the deployed web apps.
 */
public final class OrdersPage extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @PersistenceContext(unitName = "orders")
  private transient EntityManager orders;

  @PersistenceUnit(unitName = "reports")
  private transient EntityManagerFactory reports;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (request.getParameter("user") != null) {
      request.getSession().setAttribute("user", request.getParameter("user"));
    }
    String code = String.valueOf(request.getAttribute("kameleoonVisitorCode"));
    Object visitor = request.getAttribute("kameleoonVisitor");
    try {
      UserTransaction transaction =
          (UserTransaction) new InitialContext().lookup("java:comp/UserTransaction");
      transaction.begin();
      orders.persist(new PlacedOrder(code));
      transaction.commit();
    } catch (Exception e) {
      throw new ServletException(e);
    }
    response.setContentType("text/html;charset=UTF-8");
    response
        .getWriter()
        .printf(
            "<p id=\"visitor-code\">%s</p><p id=\"visitor-outcome\">%s</p><p id=\"orders\">%s</p>%n",
            code, visitor.toString().replaceAll("Visitor\\[|]", ""), count(code));
  }

  private Object count(String code) {
    try (EntityManager report = reports.createEntityManager()) {
      return report
          .createQuery("select count(o) from PlacedOrder o where o.visitorCode = :code")
          .setParameter("code", code)
          .getSingleResult();
    }
  }
}
