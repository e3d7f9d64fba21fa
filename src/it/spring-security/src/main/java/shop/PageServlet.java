package shop;

import io.github.kameleoonservlet.Visitor;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.web.csrf.CsrfToken;

/** Every page: says who the visitor is, and what a form has to send. */
public class PageServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
    switch (request.getServletPath()) {
      case "/login-call" -> request.login("user-1", "demo");
      case "/signed-out" -> visitor.signOut();
      default -> {
        // The page alone.
      }
    }
    CsrfToken csrf = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
    response
        .getWriter()
        .print(
            String.join(
                " ",
                visitor.getCode(),
                String.valueOf(visitor.getUserId()),
                visitor.getOutcome().name(),
                csrf.getToken()));
  }
}
