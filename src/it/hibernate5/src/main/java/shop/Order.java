package shop;

import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.GeneratedValue;
import javax.persistence.Id;
import javax.persistence.Table;

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
