package shop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Persistence;
import jakarta.persistence.Table;

/** An order of a visitor, in the unit {@code shop}. */
@Entity(name = "EclipseLinkOrder")
@Table(name = "shop_order")
public class EclipseLinkOrder {

  @Id @GeneratedValue private Long id;

  @Column(name = "visitor_code")
  private String visitorCode;

  /** Called by the persistence provider. */
  protected EclipseLinkOrder() {}

  EclipseLinkOrder(String visitorCode) {
    this.visitorCode = visitorCode;
  }

  /** Places an order, and returns the number of the visitor's orders. */
  static Object place(String visitorCode) {
    EntityManagerFactory factory = Persistence.createEntityManagerFactory("shop");
    try {
      EntityManager orders = factory.createEntityManager();
      orders.getTransaction().begin();
      orders.persist(new EclipseLinkOrder(visitorCode));
      orders.getTransaction().commit();
      return orders.createQuery("select count(o) from EclipseLinkOrder o").getSingleResult();
    } finally {
      factory.close();
    }
  }
}
