package shop;

import io.github.kameleoonservlet.Visitor;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import javax.persistence.EntityManager;
import javax.persistence.EntityManagerFactory;
import javax.persistence.Persistence;

/**
 * Prints the visitor's code and outcome. Signs in with {@code ?user=}; with {@code ?order} orders
 * something by the application's own Hibernate, and prints how many orders there are.
 */
public class OrdersServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private transient EntityManagerFactory factory;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getParameter("user") != null) {
      request.getSession().setAttribute("user", request.getParameter("user"));
    }
    Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
    String orders = request.getParameter("order") == null ? "" : " " + order(visitor.getCode());
    response.setContentType("text/plain");
    response.getWriter().print(visitor.getCode() + " " + visitor.getOutcome() + orders);
  }

  private synchronized Object order(String code) {
    if (factory == null) {
      factory = Persistence.createEntityManagerFactory("shop");
    }
    EntityManager shop = factory.createEntityManager();
    try {
      shop.getTransaction().begin();
      shop.persist(new Order(code));
      shop.getTransaction().commit();
      return shop.createQuery("select count(o) from ShopOrder o").getSingleResult();
    } finally {
      shop.close();
    }
  }

  @Override
  public void destroy() {
    if (factory != null) {
      factory.close();
    }
  }
}
