package io.github.kameleoonservlet.sample;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Shows the orders of the user and of the browser. */
public final class OrdersServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    request.setAttribute("orders", Orders.of(request));
    request.setAttribute("orderNumber", Orders.justPlaced(request));
    request.getRequestDispatcher("/WEB-INF/jsp/orders.jsp").forward(request, response);
  }
}
