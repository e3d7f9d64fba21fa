package io.github.kameleoonservlet.sample;

import io.github.kameleoonservlet.Visitor;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The checkout, whose layout is a test: the variation {@code steps} of {@code checkout-layout} asks
 * on three pages, every other variation on one page.
 */
public final class CheckoutServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final int ADDRESS = 1;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (Cart.of(request).getProducts().isEmpty()) {
      response.sendRedirect(request.getContextPath() + "/cart");
      return;
    }
    Checkout checkout = Checkout.of(request);
    show(request, response, checkout, checkout.isComplete() ? step(request) : ADDRESS);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Checkout checkout = Checkout.of(request);
    checkout.take(request);
    if (!checkout.isComplete()) {
      request.setAttribute("incomplete", true);
      show(request, response, checkout, ADDRESS);
    } else if (request.getParameter("order") == null) {
      response.sendRedirect(request.getContextPath() + "/checkout?step=" + (step(request) + 1));
    } else {
      boolean placed = Orders.place(request, isInSteps(request) ? "steps" : "one-page");
      response.sendRedirect(request.getContextPath() + (placed ? "/orders" : "/cart"));
    }
  }

  private static void show(
      HttpServletRequest request, HttpServletResponse response, Checkout checkout, int step)
      throws ServletException, IOException {
    request.setAttribute("cart", Cart.of(request));
    request.setAttribute("checkout", checkout);
    request.setAttribute("step", step);
    String page = isInSteps(request) ? "checkout-steps.jsp" : "checkout-one-page.jsp";
    request.getRequestDispatcher("/WEB-INF/jsp/" + page).forward(request, response);
  }

  private static boolean isInSteps(HttpServletRequest request) {
    Visitor visitor = (Visitor) request.getAttribute("kameleoonVisitor");
    return visitor.variation("checkout-layout").getKey().equals("steps");
  }

  private static int step(HttpServletRequest request) {
    String step = String.valueOf(request.getParameter("step"));
    return step.matches("[1-3]") ? Integer.parseInt(step) : ADDRESS;
  }
}
