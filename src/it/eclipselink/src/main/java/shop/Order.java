package shop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What a visitor has ordered. */
@Entity(name = "ShopOrder")
@Table(name = "shop_order")
public class Order {

  @Id @GeneratedValue private Long id;

  @Column(name = "visitor_code")
  private String visitorCode;

  /** For the persistence provider. */
  protected Order() {}

  public Order(String visitorCode) {
    this.visitorCode = visitorCode;
  }
}
