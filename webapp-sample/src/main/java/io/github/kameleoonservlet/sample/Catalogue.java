package io.github.kameleoonservlet.sample;

import java.util.List;
import java.util.Optional;

/** The products of the shop. */
public final class Catalogue {

  private static final List<Product> PRODUCTS =
      List.of(
          new Product(
              "first-flush",
              "First Flush",
              "Darjeeling, picked in March. 100\u00a0g",
              "The first young leaves after the winter. Light in the cup, with a taste of muscat"
                  + " grapes. Two minutes at 85 degrees are enough.",
              "A green tin of tea with a leaf on its label, and some loose leaves",
              1450),
          new Product(
              "green-fern",
              "Green Fern",
              "Steamed green tea, fresh as rain. 100\u00a0g",
              "Steamed within hours after the harvest, so that the leaves stay green. Tastes of"
                  + " meadow and sea. Brew it at 70 degrees, and brew it three times.",
              "A glass cup of green tea in front of a fern",
              980),
          new Product(
              "evening",
              "Evening Cup",
              "Rooibos with orange peel. 150\u00a0g",
              "A tea without caffeine for the end of the day. Rooibos from the Cederberg, the peel of"
                  + " sweet oranges, and a little cinnamon.",
              "A steaming cup of red tea, a slice of orange and the moon",
              720),
          new Product(
              "kettle",
              "The Kettle",
              "Enamel, 1.2 litres, leaf green",
              "Made of steel, enamelled twice, for every kind of stove. The handle stays cool, and the"
                  + " spout pours without a drop.",
              "A leaf green enamel kettle with a wooden handle",
              4900));

  /** Returns all products, in the order of the page. */
  public List<Product> getProducts() {
    return PRODUCTS;
  }

  static Optional<Product> find(String id) {
    return PRODUCTS.stream().filter(product -> product.getId().equals(id)).findFirst();
  }
}
