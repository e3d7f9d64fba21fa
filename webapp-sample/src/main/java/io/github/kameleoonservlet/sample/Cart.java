package io.github.kameleoonservlet.sample;

import io.github.kameleoonservlet.Visitor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The products that a browser wants to buy, which the session keeps. The prices depend on the
 * features of the visitor, which this class reads through the request attribute of the filter.
 */
public final class Cart {

  private static final String ATTRIBUTE = "cart";
  private static final int SHIPPING_CENTS = 490;

  private final HttpServletRequest request;
  private final List<Product> products;

  private Cart(HttpServletRequest request) {
    this.request = request;
    this.products = ids(request).stream().flatMap(id -> Catalogue.find(id).stream()).toList();
  }

  static Cart of(HttpServletRequest request) {
    return new Cart(request);
  }

  static void add(HttpServletRequest request, Product product) {
    List<String> cart = Stream.concat(ids(request).stream(), Stream.of(product.getId())).toList();
    request.getSession().setAttribute(ATTRIBUTE, cart);
  }

  static void empty(HttpServletRequest request) {
    request.getSession().setAttribute(ATTRIBUTE, List.of());
  }

  @SuppressWarnings("unchecked") // only this class writes the attribute
  private static List<String> ids(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    Object cart = session == null ? null : session.getAttribute(ATTRIBUTE);
    return cart == null ? List.of() : (List<String>) cart;
  }

  public List<Product> getProducts() {
    return products;
  }

  public String getGoods() {
    return Product.price(goodsCents());
  }

  public String getShipping() {
    return Product.price(shippingCents());
  }

  public String getTotal() {
    return Product.price(totalCents());
  }

  /** Returns the products as one line of text. */
  String names() {
    return products.stream().map(Product::getName).collect(Collectors.joining(", "));
  }

  int totalCents() {
    return goodsCents() + shippingCents();
  }

  int goodsCents() {
    int discount = number(request, "spring-offer", "discountPercent");
    return products.stream().mapToInt(product -> product.centsAfter(discount)).sum();
  }

  private int shippingCents() {
    int goods = goodsCents();
    boolean free =
        visitor(request).variation("free-shipping").isActive()
            && goods >= number(request, "free-shipping", "fromCents");
    return free || goods == 0 ? 0 : SHIPPING_CENTS;
  }

  private static int number(HttpServletRequest request, String feature, String variable) {
    Object value = visitor(request).variation(feature).getVariables().get(variable);
    return value instanceof Number number ? number.intValue() : 0;
  }

  private static Visitor visitor(HttpServletRequest request) {
    return (Visitor) request.getAttribute("kameleoonVisitor");
  }
}
