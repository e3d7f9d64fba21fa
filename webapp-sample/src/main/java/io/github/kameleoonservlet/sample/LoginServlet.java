package io.github.kameleoonservlet.sample;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;

/** Signs a user in, without a call of Kameleoon: the filter reads the user at the next request. */
public final class LoginServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final Pattern USER = Pattern.compile("[a-z0-9.-]{1,64}");

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    request.getRequestDispatcher("/WEB-INF/jsp/login.jsp").forward(request, response);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String user = request.getParameter("user");
    if (user == null
        || !USER.matcher(user).matches()
        || !"demo".equals(request.getParameter("password"))) {
      request.setAttribute("loginFailed", true);
      doGet(request, response);
      return;
    }
    request.getSession().setAttribute(ShopUser.ATTRIBUTE, new ShopUser(user));
    request.changeSessionId(); // an attacker may know the old session id
    response.sendRedirect(request.getContextPath() + "/");
  }
}
