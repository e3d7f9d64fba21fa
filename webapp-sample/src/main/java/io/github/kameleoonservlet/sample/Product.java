package io.github.kameleoonservlet.sample;

import java.util.Locale;

/** A product of the shop. */
public final class Product {

  private final String id;
  private final String name;
  private final String description;
  private final String story;
  private final String pictureText;
  private final int cents;

  Product(String id, String name, String description, String story, String pictureText, int cents) {
    this.id = id;
    this.name = name;
    this.description = description;
    this.story = story;
    this.pictureText = pictureText;
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

  /** Returns the text of the product's own page. */
  public String getStory() {
    return story;
  }

  /** Returns what the picture shows, for users who cannot see the picture. */
  public String getPictureText() {
    return pictureText;
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
