package io.github.kameleoonservlet.internal.config;

import io.github.kameleoonservlet.UserIdResolver;
import io.github.kameleoonservlet.internal.source.AttributePath;
import io.github.kameleoonservlet.internal.source.UnreadableUserException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parser of the setting {@code userId}. */
public final class UserIds {

  private UserIds() {}

  /**
   * Returns the resolver that the setting names. The resolver throws {@link
   * UnreadableUserException} for a request whose attribute is no id.
   *
   * @throws ServletException if the setting has none of the forms, or if the class that it names
   *     cannot be used
   */
  public static UserIdResolver resolver(Parameters parameters, String setting)
      throws ServletException {
    if (setting.equals("principal")) {
      return UserIds::principal;
    }
    Function<HttpServletRequest, @Nullable Object> attribute = AttributePath.reader(setting);
    if (attribute != null) {
      return request -> id(AttributePath.of(setting), attribute.apply(request));
    }
    ServletException wrong =
        parameters.wrong(
            "userId",
            setting,
            "principal, "
                + AttributePath.FORMS
                + ", or "
                + ApplicationClass.implementing(UserIdResolver.class));
    if (!ApplicationClass.isName(setting)) {
      throw wrong;
    }
    try {
      return ApplicationClass.instance(parameters, "userId", setting, UserIdResolver.class);
    } catch (ServletException e) {
      wrong.initCause(e.getCause());
      throw wrong;
    }
  }

  private static @Nullable String principal(HttpServletRequest request) {
    Principal principal = request.getUserPrincipal();
    return principal == null ? request.getRemoteUser() : principal.getName();
  }

  /**
   * Returns the id as text. Refuses other classes, whose toString() may return a different text for
   * each object.
   */
  private static @Nullable String id(String path, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof CharSequence
        || value instanceof Number
        || value instanceof UUID
        || value instanceof Enum<?>) {
      return value.toString();
    }
    if (value instanceof Principal principal) {
      return principal.getName();
    }
    throw new UnreadableUserException(
        path
            + " holds a "
            + value.getClass().getName()
            + ", which is no id: name a property of the value");
  }
}
