package shop;

import io.github.kameleoonservlet.Visitor;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.springframework.security.web.csrf.CsrfToken;

/** Serves every page, with the visitor and the fields that a form has to send. */
public class PageServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
    String offer = "-";
    switch (request.getServletPath()) {
      case "/login-call" -> request.login("user-1", "demo");
      case "/signed-out" -> visitor.signOut();
      case "/offer" -> offer = visitor.getVariations().get("spring-offer").getReason().name();
      case "/sent" -> offer = sentLines();
      default -> {
        // The page without any action.
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
                csrf.getToken(),
                offer));
  }

  /** Returns the tracking data that the SDK would have sent, as one word. */
  private String sentLines() {
    Supplier<?> lines = (Supplier<?>) getServletContext().getAttribute("kameleoonSentLines");
    return lines.get().toString().replaceAll("\\s", "");
  }
}
