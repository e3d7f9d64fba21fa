package io.github.kameleoonservlet.internal.config;

import io.github.kameleoonservlet.UserIdResolver;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ways in which the setting {@code userId} can name the user. */
public final class UserIds {

  private static final Pattern CLASS_NAME =
      Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)+");

  private UserIds() {}

  /** Makes the resolver that the setting asks for. */
  public static UserIdResolver resolver(Parameters parameters, String setting)
      throws ServletException {
    if (setting.equals("principal")) {
      return UserIds::principal;
    }
    if (setting.startsWith("session:") && isPath(setting)) {
      return attribute(setting.substring("session:".length()), UserIds::sessionAttribute);
    }
    if (setting.startsWith("request:") && isPath(setting)) {
      return attribute(setting.substring("request:".length()), request -> request::getAttribute);
    }
    ServletException wrong =
        parameters.wrong(
            "userId",
            setting,
            "principal, session:<attribute>[.<property>...], request:<attribute>[.<property>...],"
                + " or "
                + Parameters.implementing(UserIdResolver.class));
    if (!CLASS_NAME.matcher(setting).matches()) {
      throw wrong;
    }
    try {
      return parameters.instance("userId", setting, UserIdResolver.class);
    } catch (ServletException e) {
      wrong.initCause(e.getCause());
      throw wrong;
    }
  }

  /**
   * Returns whether the text after the colon consists of names, separated by dots, without blanks.
   */
  static boolean isPath(String setting) {
    String[] names = setting.substring(setting.indexOf(':') + 1).split("\\.", -1);
    return Arrays.stream(names).noneMatch(name -> name.isEmpty() || !name.equals(name.strip()));
  }

  private static @Nullable String principal(HttpServletRequest request) {
    Principal principal = request.getUserPrincipal();
    return principal == null ? request.getRemoteUser() : principal.getName();
  }

  private static UserIdResolver attribute(
      String path, Function<HttpServletRequest, Function<String, @Nullable Object>> attributes) {
    return request -> id(path, PropertyPath.read(attributes.apply(request), path));
  }

  /** Returns the attributes of the session, by name; none without a session. */
  static Function<String, @Nullable Object> sessionAttribute(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return name -> session == null ? null : session.getAttribute(name);
  }

  /** Only values whose text is the id: the text of any other object changes with every object. */
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
            + ", which is no id: name a property of it");
  }
}
