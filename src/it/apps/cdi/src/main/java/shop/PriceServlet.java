package shop;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Prints the text of the service. */
public class PriceServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject transient PriceService prices;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    response.getWriter().print(prices.describe());
  }
}
