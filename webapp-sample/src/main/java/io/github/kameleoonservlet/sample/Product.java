package io.github.kameleoonservlet.sample;

import java.util.Locale;

/** A product of the shop. */
public final class Product {

  private final String id;
  private final String name;
  private final String description;
  private final int cents;

  Product(String id, String name, String description, int cents) {
    this.id = id;
    this.name = name;
    this.description = description;
    this.cents = cents;
  }

  public String getId() {
    return id;
  }

  public String getName() {
    return name;
  }

  public String getDescription() {
    return description;
  }

  /** Returns the price after a discount, in cents. */
  public int centsAfter(int discountPercent) {
    return Math.round(cents * (100 - discountPercent) / 100f);
  }

  /** Returns the price after a discount, as text. */
  public String priceAfter(int discountPercent) {
    return price(centsAfter(discountPercent));
  }

  static String price(int cents) {
    return String.format(Locale.ROOT, "€ %d.%02d", cents / 100, cents % 100);
  }
}
