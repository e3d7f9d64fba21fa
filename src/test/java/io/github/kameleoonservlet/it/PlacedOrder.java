package io.github.kameleoonservlet.it;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An order of a visitor: an entity of the application. Part of the deployed web apps. */
@Entity(name = "PlacedOrder")
@Table(name = "placed_order")
public class PlacedOrder {

  @Id @GeneratedValue private Long id;

  @Column(name = "visitor_code")
  private String visitorCode;

  /** For the persistence provider. */
  protected PlacedOrder() {}

  PlacedOrder(String visitorCode) {
    this.visitorCode = visitorCode;
  }
}
