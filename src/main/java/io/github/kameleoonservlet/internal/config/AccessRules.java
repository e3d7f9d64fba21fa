package io.github.kameleoonservlet.internal.config;

import io.github.kameleoonservlet.AccessDecider;
import io.github.kameleoonservlet.internal.source.AccessRule;
import jakarta.servlet.ServletException;

/** The parser of settings that name the users who may use a function. */
final class AccessRules {

  private static final String NOBODY = "nobody";
  private static final String EVERYBODY = "everybody";
  private static final String ROLE = "role:";

  private AccessRules() {}

  /**
   * Returns the rule for {@code nobody}, a role, or an {@link AccessDecider}. A text with the form
   * of a class name with a package is a class; {@code role:} in front makes any text a role.
   *
   * @param name the name of the setting
   * @param text the value of the setting
   * @throws ServletException if the text is {@code everybody} or an empty role, or if the class
   *     cannot be used
   */
  static AccessRule of(Parameters parameters, String name, String text) throws ServletException {
    if (text.equals(NOBODY)) {
      return AccessRule.nobody();
    }
    String role = text.startsWith(ROLE) ? text.substring(ROLE.length()).trim() : text;
    if (role.isEmpty() || text.equals(EVERYBODY)) {
      throw parameters.wrong(
          name, text, "nobody, a role, or " + ApplicationClass.implementing(AccessDecider.class));
    }
    if (!text.startsWith(ROLE) && ApplicationClass.isName(text)) {
      return AccessRule.of(
          name, ApplicationClass.instance(parameters, name, text, AccessDecider.class));
    }
    return AccessRule.ofRole(name, role);
  }

  /**
   * Returns the rule as {@link #of} does, and also for {@code everybody}.
   *
   * @throws ServletException as {@link #of} does
   */
  static AccessRule orEverybody(Parameters parameters, String name, String text)
      throws ServletException {
    return text.equals(EVERYBODY) ? AccessRule.everybody() : of(parameters, name, text);
  }
}
