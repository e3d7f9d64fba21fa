package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.internal.http.RequestCookies;
import io.github.kameleoonservlet.servlet.KameleoonVisitorFilter;
import io.github.kameleoonservlet.servlet.TestShop;
import org.springframework.mock.web.MockHttpServletRequest;

/** A page that reads one variation, for a signed-in user who comes from another device. */
public final class SignedInPage implements Runnable {

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();
  private final KameleoonVisitorFilter filter = shop.filter();
  private final MockHttpServletRequest request = browser.navigation();

  public SignedInPage() {
    shop.link("user-1", "mine");
    browser.user = "user-1";
    browser.cookies.put(RequestCookies.VISITOR_CODE, "other");
  }

  @Override
  public void run() {
    browser.send(
        filter,
        request,
        (read, response) -> {
          response.setContentType("text/html");
          Visitor visitor = (Visitor) read.getAttribute(Visitor.ATTRIBUTE);
          visitor.getVariations().get("banner").getKey();
          response.getWriter().write("<p>");
        });
    if (!"mine".equals(browser.code())) {
      throw new IllegalStateException("the page did not give the user the stored code");
    }
  }
}
