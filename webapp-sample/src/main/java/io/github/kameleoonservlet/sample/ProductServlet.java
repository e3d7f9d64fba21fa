package io.github.kameleoonservlet.sample;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Shows one product: {@code /product?id=kettle}. */
public final class ProductServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Optional<Product> product = Catalogue.find(String.valueOf(request.getParameter("id")));
    if (product.isEmpty()) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    request.setAttribute("product", product.get());
    request.getRequestDispatcher("/WEB-INF/jsp/product.jsp").forward(request, response);
  }
}
