package io.github.kameleoonservlet.sample;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Shows the cart, adds products, and accepts an order that needs no more questions. */
public final class CartServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    request.setAttribute("cart", Cart.of(request));
    request.setAttribute("orderNumber", Orders.justPlaced(request));
    request.getRequestDispatcher("/WEB-INF/jsp/cart.jsp").forward(request, response);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getParameter("order") != null) {
      Orders.place(request, "one-click");
    } else {
      Catalogue.find(String.valueOf(request.getParameter("product")))
          .ifPresent(product -> add(request, product));
    }
    response.sendRedirect(request.getContextPath() + "/cart");
  }

  private static void add(HttpServletRequest request, Product product) {
    Cart.add(request, product);
    Orders.forgetJustPlaced(request);
  }
}
