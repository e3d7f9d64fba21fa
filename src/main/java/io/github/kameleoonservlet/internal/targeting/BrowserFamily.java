package io.github.kameleoonservlet.internal.targeting;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A browser that the JavaScript SDK recognizes. Immutable.
 *
 * @param type the browser's type in conditions
 * @param present whether a text contains the browser's words
 * @param version reads the version from such a text
 */
record BrowserFamily(
    BrowserType type,
    Predicate<UserAgentText> present,
    Function<UserAgentText, @Nullable Float> version) {

  /**
   * The browsers in the SDK's order: the first whose words are found counts. Therefore Edge and the
   * newer Opera are CHROME, because their texts contain that name.
   */
  private static final List<BrowserFamily> IN_ORDER =
      List.of(
          new BrowserFamily(
              BrowserType.CHROME,
              text -> text.hasAny("chrome", "crios", "crmo"),
              text -> text.versionAfter("chrome/", "crios/", "crmo/")),
          new BrowserFamily(
              BrowserType.FIREFOX,
              text -> text.hasAny("firefox", "iceweasel", "fxios"),
              text -> text.versionAfterName("firefox", "iceweasel", "fxios")),
          new BrowserFamily(
              BrowserType.SAFARI,
              text -> text.hasAny("safari", "applewebkit"),
              text -> text.versionAfter("version/")),
          new BrowserFamily(
              BrowserType.OPERA,
              text -> text.hasAny("opr/", "opios"),
              text -> text.numberAfterName("opr", "opios")),
          new BrowserFamily(
              BrowserType.INTERNET_EXPLORER,
              text -> text.hasAny("edge", "edga", "edgios"),
              text -> text.versionAfter("edge/", "edga/", "edgios/")),
          new BrowserFamily(
              BrowserType.OTHER, text -> text.has("googlebot"), BrowserFamily::googlebotVersion),
          otherByName("samsungbrowser"),
          otherByName("yabrowser"),
          otherByName("ucbrowser"),
          new BrowserFamily(
              BrowserType.OTHER,
              text -> text.has("vivaldi"),
              text -> text.versionAfter("vivaldi/")),
          new BrowserFamily(
              BrowserType.OTHER,
              text -> text.has("phantom"),
              text -> text.versionAfter("phantomjs/")),
          new BrowserFamily(
              BrowserType.OTHER,
              text -> text.has("electron"),
              text -> text.versionAfter("electron/")),
          otherByName("chromium"),
          new BrowserFamily(
              BrowserType.OPERA, text -> text.has("opera"), text -> text.versionAfterName("opera")),
          new BrowserFamily(
              BrowserType.INTERNET_EXPLORER,
              text -> text.hasAny("msie", "trident"),
              text -> text.versionAfter("msie ", "rv:")));

  private static final BrowserFamily ANY_OTHER =
      new BrowserFamily(BrowserType.OTHER, text -> true, UserAgentText::lastProductVersion);

  static BrowserFamily of(UserAgentText text) {
    for (BrowserFamily family : IN_ORDER) {
      if (family.present.test(text)) {
        return family;
      }
    }
    return ANY_OTHER;
  }

  private static BrowserFamily otherByName(String name) {
    return new BrowserFamily(
        BrowserType.OTHER, text -> text.has(name), text -> text.versionAfterName(name));
  }

  private static @Nullable Float googlebotVersion(UserAgentText text) {
    Float own = text.versionWithPointAfter("googlebot/");
    return own == null ? text.versionAfter("version/") : own;
  }
}
