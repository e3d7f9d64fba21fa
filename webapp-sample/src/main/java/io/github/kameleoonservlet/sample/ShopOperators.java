package io.github.kameleoonservlet.sample;

import io.github.kameleoonservlet.AccessDecider;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

/** The operators of the shop, who see the status page. The shop has no roles of the container. */
public final class ShopOperators implements AccessDecider {

  private static final String OPERATOR = "operator-1";

  @Override
  public boolean isAllowed(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session != null
        && session.getAttribute(ShopUser.ATTRIBUTE) instanceof ShopUser user
        && user.getName().equals(OPERATOR);
  }
}
