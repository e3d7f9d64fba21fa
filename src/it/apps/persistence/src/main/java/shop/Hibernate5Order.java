package shop;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.EntityManager;
import javax.persistence.EntityManagerFactory;
import javax.persistence.GeneratedValue;
import javax.persistence.Id;
import javax.persistence.Persistence;
import javax.persistence.Table;

/** An order of a visitor, in the unit {@code archive}. */
@Entity(name = "Hibernate5Order")
@Table(name = "archive_order")
public class Hibernate5Order {

  @Id @GeneratedValue private Long id;

  @Column(name = "visitor_code")
  private String visitorCode;

  /** Called by the persistence provider. */
  protected Hibernate5Order() {}

  Hibernate5Order(String visitorCode) {
    this.visitorCode = visitorCode;
  }

  /** Places an order, and returns the number of the visitor's orders. */
  static Object place(String visitorCode) {
    EntityManagerFactory factory = Persistence.createEntityManagerFactory("archive");
    try {
      EntityManager orders = factory.createEntityManager();
      orders.getTransaction().begin();
      orders.persist(new Hibernate5Order(visitorCode));
      orders.getTransaction().commit();
      return orders.createQuery("select count(o) from Hibernate5Order o").getSingleResult();
    } finally {
      factory.close();
    }
  }
}
