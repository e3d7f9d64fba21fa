package io.github.kameleoonservlet.sample;

import io.github.kameleoonservlet.Visitor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;

/** The orders of a browser and of its user. The order is the conversion of the shop's tests. */
final class Orders {

  private static final int ORDER_GOAL = 301;
  private static final String JUST_PLACED = "orderNumber";
  private static final String NUMBERS = "orderNumbers";

  private Orders() {}

  /**
   * Orders what is in the cart, and tracks the conversion.
   *
   * @param checkout the layout of the checkout, for the list of the orders
   * @return whether there was anything in the cart
   */
  static boolean place(HttpServletRequest request, String checkout) {
    Cart cart = Cart.of(request);
    if (cart.getProducts().isEmpty()) {
      return false;
    }
    PlacedOrder order =
        new PlacedOrder(cart.totalCents(), cart.names(), customer(request), checkout);
    long number = OrderBook.of(request.getServletContext()).place(order);
    Visitor visitor = (Visitor) request.getAttribute("kameleoonVisitor");
    visitor.trackConversion(ORDER_GOAL, cart.goodsCents() / 100.0);
    Cart.empty(request);
    HttpSession session = request.getSession();
    List<Long> numbers = new ArrayList<>(numbers(request));
    numbers.add(number);
    session.setAttribute(NUMBERS, numbers);
    session.setAttribute(JUST_PLACED, number);
    return true;
  }

  /** Returns the orders of the signed-in user, and those of this session, the last one first. */
  static List<PlacedOrder> of(HttpServletRequest request) {
    String customer = customer(request);
    List<Long> numbers = numbers(request);
    return customer == null && numbers.isEmpty()
        ? List.of()
        : OrderBook.of(request.getServletContext()).ordersOf(customer, numbers);
  }

  /** Returns the number of the order that the browser placed last; null after the next product. */
  static Object justPlaced(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session == null ? null : session.getAttribute(JUST_PLACED);
  }

  static void forgetJustPlaced(HttpServletRequest request) {
    request.getSession().removeAttribute(JUST_PLACED);
  }

  private static String customer(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    Object user = session == null ? null : session.getAttribute(ShopUser.ATTRIBUTE);
    return user == null ? null : ((ShopUser) user).getName();
  }

  @SuppressWarnings("unchecked") // only this class writes the attribute
  private static List<Long> numbers(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    Object numbers = session == null ? null : session.getAttribute(NUMBERS);
    return numbers == null ? List.of() : (List<Long>) numbers;
  }
}
