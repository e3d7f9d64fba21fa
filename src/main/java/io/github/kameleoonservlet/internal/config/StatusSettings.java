package io.github.kameleoonservlet.internal.config;

import io.github.kameleoonservlet.internal.source.AccessRule;
import jakarta.servlet.ServletException;
import java.util.List;

/** The init-params of the status servlet. */
public final class StatusSettings {

  private static final Setting<String> ROLE =
      Setting.textOr("role", "nobody", "Who sees the status. See [The role](status.md#the-role).");

  private StatusSettings() {}

  /**
   * Returns the users who see the status; none without the init-param {@code role}.
   *
   * @throws ServletException if an init-param is unknown, or if its value is not allowed
   */
  public static AccessRule operators(Parameters parameters) throws ServletException {
    parameters.rejectUnknown(List.of(ROLE));
    return AccessRules.of(parameters, ROLE.name(), ROLE.get(parameters));
  }
}
