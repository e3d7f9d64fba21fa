package io.github.kameleoonservlet.sample;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** An order in the shop's database. */
@Entity
@Table(name = "placed_order")
public class PlacedOrder {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final int GOODS_LENGTH = 1000;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long number;

  @Column(nullable = false)
  private int cents;

  // The columns of the first version of the shop end here: all others can be null.

  @Column(length = GOODS_LENGTH)
  private String goods;

  @Column(length = 64)
  private String customer;

  @Column(length = 20)
  private String checkout;

  @Column(name = "placed_at")
  private Instant placedAt;

  /** Called by the persistence provider. */
  protected PlacedOrder() {}

  PlacedOrder(int cents, String goods, String customer, String checkout) {
    this.cents = cents;
    this.goods = goods.substring(0, Math.min(goods.length(), GOODS_LENGTH));
    this.customer = customer;
    this.checkout = checkout;
    this.placedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  public long getNumber() {
    return number;
  }

  public String getTotal() {
    return Product.price(cents);
  }

  public String getGoods() {
    return goods;
  }

  /** Returns the user who was signed in, or null. */
  public String getCustomer() {
    return customer;
  }

  /** Returns the layout of the checkout in which the order was placed, or null. */
  public String getCheckout() {
    return checkout;
  }

  /** Returns the time of the order for people, or null. */
  public String getTime() {
    return placedAt == null ? null : TIME.format(placedAt);
  }

  /** Returns the time of the order for machines, or null. */
  public String getTimestamp() {
    return placedAt == null ? null : placedAt.toString();
  }
}
