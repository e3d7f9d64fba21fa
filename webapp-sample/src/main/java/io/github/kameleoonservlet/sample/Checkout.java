package io.github.kameleoonservlet.sample;

import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;

/** What a buyer has entered in the checkout so far, in the session. */
public final class Checkout implements Serializable {

  static final String ATTRIBUTE = "checkout";

  private static final long serialVersionUID = 1L;
  private static final int LENGTH = 100;

  private String name = "Robin Fern";
  private String street = "1 Garden Lane";
  private String town = "12345 Teaford";
  private String delivery = "post";

  /** Returns the checkout of the session. */
  static Checkout of(HttpServletRequest request) {
    Object checkout = request.getSession().getAttribute(ATTRIBUTE);
    return checkout == null ? new Checkout() : (Checkout) checkout;
  }

  /** Takes the fields that the request contains, and keeps them in the session. */
  void take(HttpServletRequest request) {
    name = entered(request, "name", name);
    street = entered(request, "street", street);
    town = entered(request, "town", town);
    delivery = entered(request, "delivery", delivery);
    request.getSession().setAttribute(ATTRIBUTE, this);
  }

  private static String entered(HttpServletRequest request, String field, String before) {
    String text = request.getParameter(field);
    return text == null
        ? before
        : text.strip().substring(0, Math.min(LENGTH, text.strip().length()));
  }

  /** Returns whether the address has all its parts. */
  boolean isComplete() {
    return !name.isEmpty() && !street.isEmpty() && !town.isEmpty();
  }

  public String getName() {
    return name;
  }

  public String getStreet() {
    return street;
  }

  public String getTown() {
    return town;
  }

  /** Returns {@code post} or {@code evening}, or another text that the browser has sent. */
  public String getDelivery() {
    return delivery;
  }
}
