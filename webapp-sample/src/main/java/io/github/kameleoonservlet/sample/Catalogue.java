package io.github.kameleoonservlet.sample;

import java.util.List;
import java.util.Optional;

/** The products of the shop. */
public final class Catalogue {

  private static final List<Product> PRODUCTS =
      List.of(
          new Product(
              "first-flush", "First Flush", "Darjeeling, picked in March. 100\u00a0g", 1450),
          new Product(
              "green-fern", "Green Fern", "Steamed green tea, fresh as rain. 100\u00a0g", 980),
          new Product("evening", "Evening Cup", "Rooibos with orange peel. 150\u00a0g", 720),
          new Product("kettle", "The Kettle", "Enamel, 1.2 litres, leaf green", 4900));

  /** Returns all products, in the order of the page. */
  public List<Product> getProducts() {
    return PRODUCTS;
  }

  static Optional<Product> find(String id) {
    return PRODUCTS.stream().filter(product -> product.getId().equals(id)).findFirst();
  }
}
