package shop;

import io.github.kameleoonservlet.UserIdResolver;
import jakarta.servlet.http.HttpServletRequest;

/** Who is signed in, as a gateway in front of the shop tells it. */
public class HeaderUser implements UserIdResolver {

  @Override
  public String userId(HttpServletRequest request) {
    return request.getHeader("X-User");
  }
}
