package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.ConsentResolver;
import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.outage.FirstOccurrences;
import io.github.kameleoonservlet.internal.source.ApplicationFault;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reader of a visitor's consent: from the application's resolver, otherwise from the consent
 * cookie. The browser sends the cookie to every server of the application, also after a restart.
 * Catches the faults of the resolver. Thread-safe.
 */
public final class ConsentReader {

  /** Half a year, because an application must ask for consent again from time to time. */
  static final int MAX_AGE_SECONDS = 180 * 24 * 60 * 60;

  private static final Logger LOG = LoggerFactory.getLogger(ConsentReader.class);

  private final boolean required;
  private final @Nullable ConsentResolver resolver;
  private final String cookieName;
  private final String granted;
  private final FirstOccurrences failed = new FirstOccurrences();

  /**
   * Creates a reader.
   *
   * @param required false if every visitor counts as having consented
   * @param resolver the application's resolver, or null for the cookie
   * @param cookieName the name of the consent cookie
   * @param granted the cookie's value that means consent; every other value means refusal
   */
  public ConsentReader(
      boolean required, @Nullable ConsentResolver resolver, String cookieName, String granted) {
    this.required = required;
    this.resolver = resolver;
    this.cookieName = cookieName;
    this.granted = granted;
  }

  /** Returns a reader for an application that does not ask for consent. */
  public static ConsentReader notRequired() {
    return new ConsentReader(false, null, "", "");
  }

  /** Returns whether anything depends on the visitor's consent. */
  boolean required() {
    return required;
  }

  /** Returns whether the consent cookie decides, and this library may write it. */
  boolean byCookie() {
    return required && resolver == null;
  }

  /** Returns the visitor's consent. Does not throw. */
  Consent consent(IncomingRequest request) {
    if (!required) {
      return Consent.GIVEN;
    }
    if (resolver != null) {
      return ask(resolver, request.servletRequest());
    }
    List<String> answers = request.cookies().values(cookieName);
    if (answers.isEmpty()) {
      return Consent.PENDING;
    }
    // Of two contradictory cookies the refusal counts.
    return answers.stream().allMatch(granted::equals) ? Consent.GIVEN : Consent.REFUSED;
  }

  /** Returns the name of the consent cookie. */
  String cookieName() {
    return cookieName;
  }

  /** Returns the value of the consent cookie for an answer. */
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
