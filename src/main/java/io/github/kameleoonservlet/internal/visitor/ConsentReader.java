package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.ConsentResolver;
import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.internal.config.ApplicationFault;
import io.github.kameleoonservlet.internal.http.CookieHeader;
import io.github.kameleoonservlet.internal.outage.FirstOccurrences;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a visitor's consent: from the application's resolver, else from the consent cookie, which
 * every server of the application sees and which outlives them. The seam where the faults of the
 * resolver end. Thread-safe.
 */
public final class ConsentReader {

  /** Half a year: consent is to be asked for again from time to time. */
  static final int MAX_AGE_SECONDS = 180 * 24 * 60 * 60;

  private static final Logger LOG = LoggerFactory.getLogger(ConsentReader.class);

  private final boolean required;
  private final @Nullable ConsentResolver resolver;
  private final String cookieName;
  private final String granted;
  private final FirstOccurrences failed = new FirstOccurrences();

  /**
   * Takes the settings.
   *
   * @param required false when every visitor counts as having consented
   * @param resolver the application's own, or null for the cookie
   * @param cookieName the name of the consent cookie
   * @param granted its value that means consent; every other means refusal
   */
  public ConsentReader(
      boolean required, @Nullable ConsentResolver resolver, String cookieName, String granted) {
    this.required = required;
    this.resolver = resolver;
    this.cookieName = cookieName;
    this.granted = granted;
  }

  /** A reader for an application that asks nobody. */
  public static ConsentReader notRequired() {
    return new ConsentReader(false, null, "", "");
  }

  /** Whether anything depends on the visitor's answer. */
  boolean required() {
    return required;
  }

  /** Whether the consent cookie decides, and may be written here. */
  boolean byCookie() {
    return required && resolver == null;
  }

  /** The visitor's answer. */
  Consent consent(HttpServletRequest request) {
    if (!required) {
      return Consent.GIVEN;
    }
    if (resolver != null) {
      return ask(resolver, request);
    }
    List<String> answers = CookieHeader.values(request, cookieName);
    if (answers.isEmpty()) {
      return Consent.PENDING;
    }
    // Of two cookies that contradict each other the refusal counts.
    return answers.stream().allMatch(granted::equals) ? Consent.GIVEN : Consent.REFUSED;
  }

  /** The name of the consent cookie. */
  String cookieName() {
    return cookieName;
  }

  /** The value of the consent cookie that repeats an answer. */
  String cookieValue(boolean isGranted) {
    String refused = granted.equals("refused") ? "no" : "refused";
    return isGranted ? granted : refused;
  }

  private Consent ask(ConsentResolver asked, HttpServletRequest request) {
    try {
      Consent answer = asked.consent(request);
      return answer == null ? Consent.PENDING : answer;
    } catch (Throwable e) {
      ApplicationFault.survive(e);
      if (failed.isFirst()) {
        LOG.warn(
            "{} failed with {}. These requests are served as if no consent was given. Logged once.",
            asked.getClass().getName(),
            e.getClass().getName());
      }
      return Consent.PENDING;
    }
  }
}
