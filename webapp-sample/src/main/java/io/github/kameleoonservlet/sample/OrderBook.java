package io.github.kameleoonservlet.sample;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Keeps the orders in the shop's persistence unit, which the first order opens. Independent of
 * Kameleoon: the filter keeps its table in the database of the same unit. Thread-safe.
 */
public final class OrderBook implements ServletContextListener {

  private static final String ATTRIBUTE = OrderBook.class.getName();
  private static final int SHOWN = 50;

  private EntityManagerFactory factory;

  static OrderBook of(ServletContext shop) {
    return (OrderBook) shop.getAttribute(ATTRIBUTE);
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    event.getServletContext().setAttribute(ATTRIBUTE, this);
  }

  /** Stores an order, and returns its number. */
  long place(PlacedOrder order) {
    EntityManager orders = factory().createEntityManager();
    try {
      orders.getTransaction().begin();
      orders.persist(order);
      orders.getTransaction().commit();
    } finally {
      orders.close();
    }
    return order.getNumber();
  }

  /**
   * Returns the last orders of a customer, and those with the given numbers, the last one first.
   *
   * @param customer the name of the user, or null
   */
  List<PlacedOrder> ordersOf(String customer, List<Long> numbers) {
    EntityManager orders = factory().createEntityManager();
    try {
      return orders
          .createQuery(
              "select o from PlacedOrder o where o.customer = :customer or o.number in (:numbers)"
                  + " order by o.number desc",
              PlacedOrder.class)
          .setParameter("customer", customer == null ? "" : customer)
          // Some databases refuse an empty list; no order has the number 0.
          .setParameter("numbers", numbers.isEmpty() ? List.of(0L) : numbers)
          .setMaxResults(SHOWN)
          .getResultList();
    } finally {
      orders.close();
    }
  }

  private synchronized EntityManagerFactory factory() {
    if (factory == null) {
      loadDriver();
      factory = Persistence.createEntityManagerFactory("shop", replacedDatabase());
    }
    return factory;
  }

  /** In a server the DriverManager does not search WEB-INF/lib by itself. */
  private static void loadDriver() {
    try {
      Class.forName("org.h2.Driver");
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> replacedDatabase() {
    String url = System.getenv("KAMELEOON_JDBC_URL");
    return url == null || url.isBlank() ? Map.of() : Map.of("jakarta.persistence.jdbc.url", url);
  }

  /** Closes the unit, and deregisters the shop's drivers, which would outlive the shop. */
  @Override
  public synchronized void contextDestroyed(ServletContextEvent event) {
    if (factory != null) {
      factory.close();
    }
    DriverManager.drivers()
        .filter(driver -> driver.getClass().getClassLoader() == getClass().getClassLoader())
        .toList()
        .forEach(OrderBook::deregister);
  }

  private static void deregister(Driver driver) {
    try {
      DriverManager.deregisterDriver(driver);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
