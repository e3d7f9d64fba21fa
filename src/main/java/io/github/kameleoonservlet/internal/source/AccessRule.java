package io.github.kameleoonservlet.internal.source;

import io.github.kameleoonservlet.AccessDecider;
import io.github.kameleoonservlet.internal.outage.FirstOccurrences;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users whom a setting includes: a role or a class of the application decides. Catches the
 * faults of the application's decision. Thread-safe.
 */
public final class AccessRule {

  private static final Logger LOG = LoggerFactory.getLogger(AccessRule.class);

  private final String setting;
  private final AccessDecider decider;
  private final FirstOccurrences faults = new FirstOccurrences();

  private AccessRule(String setting, AccessDecider decider) {
    this.setting = setting;
    this.decider = decider;
  }

  /** Returns the rule that includes no user. */
  public static AccessRule nobody() {
    return new AccessRule("", request -> false);
  }

  /** Returns the rule that includes every user. */
  public static AccessRule everybody() {
    return new AccessRule("", request -> true);
  }

  /**
   * Returns the rule that includes the users of a role.
   *
   * @param setting the name of the setting, for the log
   */
  public static AccessRule ofRole(String setting, String role) {
    return new AccessRule(setting, request -> request.isUserInRole(role));
  }

  /**
   * Returns the rule of a class of the application.
   *
   * @param setting the name of the setting, for the log
   */
  public static AccessRule of(String setting, AccessDecider decider) {
    return new AccessRule(setting, decider);
  }

  /** Returns whether the rule includes the sender of a request. Does not throw. */
  public boolean includes(HttpServletRequest request) {
    try {
      return decider.isAllowed(request);
    } catch (Throwable e) {
      ApplicationFault.survive(e);
      if (faults.isFirst()) {
        LOG.warn(
            "Cannot determine whether the setting {} includes a user ({}). The library treats the"
                + " user as not included. Logged once.",
            setting,
            ApplicationFault.place(e));
      }
      return false;
    }
  }
}
