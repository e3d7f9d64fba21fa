package io.github.kameleoonservlet.sample;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An order in the shop's database. */
@Entity
@Table(name = "placed_order")
public class PlacedOrder {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long number;

  @Column(nullable = false)
  private int cents;

  /** Called by the persistence provider. */
  protected PlacedOrder() {}

  PlacedOrder(int cents) {
    this.cents = cents;
  }

  long number() {
    return number;
  }
}
