package io.github.kameleoonservlet.internal.config;

import jakarta.servlet.ServletException;
import java.util.HashSet;
import java.util.List;

/** The settings of the user, in the order of the documentation. */
final class UserSection {

  /**
   * The names that servers and frameworks give a caller without a login (WebSphere, WebLogic,
   * Spring Security), the texts of missing values, and the ids of guest beans.
   */
  private static final String CALLERS_WITHOUT_LOGIN =
      "anonymous,anonymousUser,<anonymous>,unauthenticated,guest,null,(null),undefined,0,-1,"
          + "00000000-0000-0000-0000-000000000000";

  static final Setting<String> USER_ID =
      Setting.textOr(
          "userId",
          "principal",
          "Where the user id is: `principal`, `session:<attribute>[.<property>…]`, "
              + "`request:<attribute>[.<property>…]`, or a class that implements "
              + "`UserIdResolver`.");
  static final Setting<List<String>> NOT_USERS =
      Setting.list(
          "notUsers",
          CALLERS_WITHOUT_LOGIN,
          "The ids of callers who are not signed in, separated by commas. Case does "
              + "not matter. Your list replaces the default. If `0` or `-1` is the id of a "
              + "real user, set a list without this id.");
  static final Setting<String> USER_ID_SECRET =
      Setting.lastingSecret(
          "userIdSecret",
          "The secret of the HMAC by which the store keeps user ids. Without a secret "
              + "the store keeps SHA-256 of the id. See [Users](store.md#users).");
  static final Setting<String> USER_ID_SECRET_PREVIOUS =
      Setting.lastingSecret("userIdSecretPrevious", "The secret that `userIdSecret` replaces.");
  static final Setting<String> AFTER_SIGN_OUT =
      Setting.choice(
          "afterSignOut",
          List.of("keep", "renew"),
          "`keep`: the browser keeps its code. `renew`: the browser gets a new code at "
              + "the sign-out. See [Shared devices](pages.md#shared-devices).");

  static final Section SECTION =
      new Section(
          "User",
          List.of(USER_ID, NOT_USERS, USER_ID_SECRET, USER_ID_SECRET_PREVIOUS, AFTER_SIGN_OUT));

  private UserSection() {}

  /** Reads the settings. */
  static Settings.User read(Parameters parameters) throws ServletException {
    return new Settings.User(
        USER_ID.get(parameters),
        new HashSet<>(NOT_USERS.get(parameters)),
        USER_ID_SECRET.find(parameters),
        USER_ID_SECRET_PREVIOUS.find(parameters),
        AFTER_SIGN_OUT.get(parameters).equals("renew"));
  }
}
