package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.UserIdResolver;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.config.ApplicationFault;
import io.github.kameleoonservlet.internal.config.UnreadableUserException;
import io.github.kameleoonservlet.internal.http.BrowserRequest;
import io.github.kameleoonservlet.internal.http.CookieHeader;
import io.github.kameleoonservlet.internal.http.DroppedCodes;
import io.github.kameleoonservlet.internal.outage.FirstOccurrences;
import io.github.kameleoonservlet.internal.reconcile.Caller;
import io.github.kameleoonservlet.internal.reconcile.Claims;
import io.github.kameleoonservlet.internal.reconcile.UserKeys;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a request claims. The seam where the faults of the application's resolver end.
 * Thread-safe.
 */
public final class ClaimsReader {

  private static final Logger LOG = LoggerFactory.getLogger(ClaimsReader.class);

  private final UserKeys keys;
  private final UserIdResolver users;
  private final ConsentReader consent;
  private final BrowserRequest browser;
  private final FirstOccurrences resolverFailed = new FirstOccurrences();
  private final FirstOccurrences cookiesDiffered = new FirstOccurrences();
  private final DroppedCodes droppedCodes = new DroppedCodes();

  public ClaimsReader(
      UserKeys keys, UserIdResolver users, ConsentReader consent, BrowserRequest browser) {
    this.keys = keys;
    this.users = users;
    this.consent = consent;
    this.browser = browser;
  }

  /** Says who sends the request, now. */
  Identified caller(HttpServletRequest request) {
    try {
      if (!users.isMeasured(request)) {
        return new Identified(Caller.unmeasured(), null);
      }
      String userId = users.userId(request);
      Caller caller = keys.caller(userId);
      return new Identified(caller, caller.key() == null ? null : userId);
    } catch (Throwable e) {
      ApplicationFault.survive(e);
      if (resolverFailed.isFirst()) {
        LOG.warn(
            "Cannot determine the signed-in user ({}). These requests are served with a temporary"
                + " code and every feature off. Logged once.",
            reason(e));
      }
      return new Identified(Caller.unidentified(), null);
    }
  }

  private static String reason(Throwable fault) {
    return fault instanceof UnreadableUserException
        ? "userId: " + fault.getMessage()
        : ApplicationFault.place(fault);
  }

  /**
   * Puts the claims together.
   *
   * @param announced the valid code in an API call's body, or null
   * @param passive whether the request is passive even if its headers do not say so
   */
  Claims claims(
      HttpServletRequest request, Caller caller, @Nullable VisitorCode announced, boolean passive) {
    List<VisitorCode> cookies = CookieHeader.codes(request, droppedCodes);
    if (cookies.size() > 1 && cookiesDiffered.isFirst()) {
      LOG.warn(
          "A browser sent two different {} cookies. The setting topLevelDomain and the web SDK's"
              + " cookie domain are probably not the same. Logged once.",
          CookieHeader.NAME);
    }
    boolean noChance = cookies.isEmpty() && browser.restored(request);
    return new Claims(
        caller,
        announced,
        cookies,
        consent.consent(request),
        passive || noChance || browser.passive(request));
  }

  /**
   * Who sends a request.
   *
   * @param caller for the decision
   * @param userId the id of a signed-in user, else null
   */
  record Identified(Caller caller, @Nullable String userId) {}
}
