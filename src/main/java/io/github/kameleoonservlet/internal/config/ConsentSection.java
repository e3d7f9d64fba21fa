package io.github.kameleoonservlet.internal.config;

import io.github.kameleoonservlet.internal.http.RequestCookies;
import jakarta.servlet.ServletException;
import java.util.List;
import java.util.regex.Pattern;

/** The settings of consent, in the order of the documentation. */
final class ConsentSection {

  /** The form of the setting: a token, and cookie-octets (RFC 6265 section 4.1.1). */
  private static final Pattern COOKIE =
      Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+=[!#-+\\--:<-\\[\\]-~]+");

  static final Setting<String> CONSENT =
      Setting.choice(
          "consent",
          List.of("notRequired", "required"),
          "`required`: the library writes and sends nothing before the visitor agrees. "
              + "See [Consent](pages.md#consent).");
  static final Setting<Cookie> CONSENT_COOKIE =
      Setting.of(
          "consentCookie",
          "kameleoonConsent=granted",
          ConsentSection::cookie,
          "Name and value of the cookie that means consent. Any other value of this "
              + "cookie means refusal.");
  static final Setting<String> CONSENT_RESOLVER =
      Setting.text(
          "consentResolver", "A class that implements `ConsentResolver`, in place of the cookie.");

  static final Section SECTION =
      new Section("Consent", List.of(CONSENT, CONSENT_COOKIE, CONSENT_RESOLVER));

  /** The cookie that means consent. */
  record Cookie(String name, String value) {}

  private ConsentSection() {}

  /** Reads the settings. */
  static Settings.Consents read(Parameters parameters) throws ServletException {
    Cookie cookie = CONSENT_COOKIE.getQuietly(parameters);
    return new Settings.Consents(
        CONSENT.get(parameters).equals("required"),
        CONSENT_RESOLVER.find(parameters),
        cookie.name(),
        cookie.value());
  }

  private static Cookie cookie(String name, String text) throws NotAllowedException {
    if (!COOKIE.matcher(text).matches() || text.startsWith(RequestCookies.VISITOR_CODE + "=")) {
      throw new NotAllowedException("name=value, the value that means consent");
    }
    int equals = text.indexOf('=');
    return new Cookie(text.substring(0, equals), text.substring(equals + 1));
  }
}
