package io.github.kameleoonservlet.sample;

import io.github.kameleoonservlet.Visitor;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Shows the cart, adds products and accepts the order. Reads the flags as any servlet can: through
 * the request attribute of the filter.
 */
public final class CartServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final String CART = "cart";
  private static final String ORDER_NUMBER = "orderNumber";
  private static final int SHIPPING_CENTS = 490;
  private static final int ORDER_GOAL = 301;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    List<Product> products = products(request);
    int goods = goodsCents(request, products);
    int shipping = shippingCents(request, goods);
    request.setAttribute("products", products);
    request.setAttribute("goods", Product.price(goods));
    request.setAttribute("shipping", Product.price(shipping));
    request.setAttribute("total", Product.price(goods + shipping));
    request.setAttribute(ORDER_NUMBER, ofSession(request, ORDER_NUMBER));
    request.getRequestDispatcher("/WEB-INF/jsp/cart.jsp").forward(request, response);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getParameter("order") != null) {
      order(request);
    } else {
      Catalogue.find(String.valueOf(request.getParameter("product")))
          .ifPresent(product -> add(request, product));
    }
    response.sendRedirect(request.getContextPath() + "/cart");
  }

  private static void order(HttpServletRequest request) {
    List<Product> products = products(request);
    if (products.isEmpty()) {
      return;
    }
    int goods = goodsCents(request, products);
    long number =
        OrderBook.of(request.getServletContext()).place(goods + shippingCents(request, goods));
    visitor(request).trackConversion(ORDER_GOAL, goods / 100.0);
    request.getSession().setAttribute(CART, List.of());
    request.getSession().setAttribute(ORDER_NUMBER, number);
  }

  private static void add(HttpServletRequest request, Product product) {
    List<String> cart = Stream.concat(ids(request).stream(), Stream.of(product.getId())).toList();
    request.getSession().setAttribute(CART, cart);
    request.getSession().removeAttribute(ORDER_NUMBER);
  }

  private static int goodsCents(HttpServletRequest request, List<Product> products) {
    int discount = number(request, "spring-offer", "discountPercent");
    return products.stream().mapToInt(product -> product.centsAfter(discount)).sum();
  }

  private static int shippingCents(HttpServletRequest request, int goods) {
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

  private static List<Product> products(HttpServletRequest request) {
    return ids(request).stream().flatMap(id -> Catalogue.find(id).stream()).toList();
  }

  @SuppressWarnings("unchecked") // only this class writes the attribute
  private static List<String> ids(HttpServletRequest request) {
    Object cart = ofSession(request, CART);
    return cart == null ? List.of() : (List<String>) cart;
  }

  private static Object ofSession(HttpServletRequest request, String name) {
    HttpSession session = request.getSession(false);
    return session == null ? null : session.getAttribute(name);
  }
}
