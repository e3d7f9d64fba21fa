package shop;

import io.github.kameleoonservlet.Visitor;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.eclipse.persistence.jpa.PersistenceProvider;

/**
 * Orders something, and prints the visitor's code and outcome, how many orders and links there are
 * in the shop's database, and the provider of its unit. Signs in with {@code ?user=}.
 */
public class OrdersServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private transient EntityManagerFactory factory;

  @Override
  public void init() {
    // Not by Persistence: it asks every provider, and one test brings a broken one.
    factory = new PersistenceProvider().createEntityManagerFactory("shop", Map.of());
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getParameter("user") != null) {
      request.getSession().setAttribute("user", request.getParameter("user"));
    }
    Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
    try (EntityManager shop = factory.createEntityManager()) {
      shop.getTransaction().begin();
      shop.persist(new Order(visitor.getCode()));
      shop.getTransaction().commit();
      response.setContentType("text/plain");
      response
          .getWriter()
          .printf(
              "%s %s %s %s %s",
              visitor.getCode(),
              visitor.getOutcome(),
              shop.createQuery("select count(o) from ShopOrder o").getSingleResult(),
              shop.createNativeQuery("select count(*) from kameleoon_visitor_code")
                  .getSingleResult(),
              factory.getClass().getName());
    }
  }

  @Override
  public void destroy() {
    factory.close();
  }
}
