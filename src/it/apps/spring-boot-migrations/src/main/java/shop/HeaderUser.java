package shop;

import io.github.kameleoonservlet.UserIdResolver;
import jakarta.servlet.http.HttpServletRequest;

/** Reads the signed-in user from the header of a gateway in front of the shop. */
public class HeaderUser implements UserIdResolver {

  @Override
  public String userId(HttpServletRequest request) {
    return request.getHeader("X-User");
  }
}
