package io.github.kameleoonservlet.internal.targeting;

import org.jspecify.annotations.Nullable;

/**
 * The classification of browsers by their {@code User-Agent}, as Kameleoon's JavaScript SDK
 * classifies them in the page (observed with version 4.17.1 in Chromium; the rows are in {@code
 * user-agents.csv} of the tests). With a more exact classification the server and the page would
 * decide differently.
 *
 * <p>Every step reads the text once from left to right: the time is linear in the length. A regular
 * expression could backtrack.
 */
public final class UserAgents {

  /**
   * The maximum length of a classified text. Texts of real browsers have about 120 to 400
   * characters.
   */
  static final int MAX_LENGTH = 1024;

  private UserAgents() {}

  /**
   * Returns the facts of a browser. Never throws.
   *
   * @param userAgent the header's value; the browser is unknown if the value is null, empty or
   *     longer than 1,024 characters
   */
  public static BrowserFacts of(@Nullable String userAgent) {
    if (userAgent == null || userAgent.isEmpty() || userAgent.length() > MAX_LENGTH) {
      return BrowserFacts.UNKNOWN;
    }
    UserAgentText text = new UserAgentText(userAgent);
    boolean firefoxAsMac = text.hasInOrder("Macintosh", " FxiOS", " Version/");
    BrowserFamily family = BrowserFamily.of(text);
    return new BrowserFacts(
        family.type(),
        family.version().apply(text),
        system(text, firefoxAsMac),
        device(text, firefoxAsMac));
  }

  private static @Nullable OperatingSystem system(UserAgentText text, boolean firefoxAsMac) {
    if (text.has("windows phone")) {
      return OperatingSystem.WINDOWS_PHONE;
    }
    // The blank belongs to the word: "(Windows; U; Windows NT 6.1)".
    if (text.has("windows ")) {
      return OperatingSystem.WINDOWS;
    }
    if (firefoxAsMac) {
      return OperatingSystem.IOS;
    }
    if (text.has("macintosh")) {
      return OperatingSystem.MAC;
    }
    if (text.hasAny("iphone", "ipad", "ipod")) {
      return OperatingSystem.IOS;
    }
    if (text.has("android")) {
      return OperatingSystem.ANDROID;
    }
    return text.has("linux") ? OperatingSystem.LINUX : null;
  }

  private static @Nullable DeviceType device(UserAgentText text, boolean firefoxAsMac) {
    if (firefoxAsMac
        || text.hasAny("ipad", "silk", "kftt build")
        || text.hasTablet()
        || text.hasNexus(true)) {
      return DeviceType.TABLET;
    }
    if (text.hasAny("iphone", "ipod", "android", "windows phone", "blackberry", "bada")
        || text.hasMobile()
        || text.has("galaxy nexus")
        || text.hasNexus(false)) {
      return DeviceType.PHONE;
    }
    // "ios" is also part of CriOS and FxiOS, the browsers of an iPad that requests desktop pages.
    return text.hasAny("windows", "macintosh", "linux", "ios") ? DeviceType.DESKTOP : null;
  }
}
