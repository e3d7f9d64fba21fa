package shop;

import io.github.kameleoonservlet.UserIdResolver;
import jakarta.servlet.http.HttpServletRequest;

public class SignedInCustomer implements UserIdResolver {

  @Override
  public String userId(HttpServletRequest request) {
    return request.getRemoteUser();
  }

  @Override
  public boolean isMeasured(HttpServletRequest request) {
    // Spring Security's SwitchUserFilter gives this role.
    return !request.isUserInRole("ROLE_PREVIOUS_ADMINISTRATOR");
  }
}
