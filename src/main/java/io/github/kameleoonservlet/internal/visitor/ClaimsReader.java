package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.UserIdResolver;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.http.DroppedCodes;
import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.http.RequestCookies;
import io.github.kameleoonservlet.internal.outage.FirstOccurrences;
import io.github.kameleoonservlet.internal.reconcile.Caller;
import io.github.kameleoonservlet.internal.reconcile.Claims;
import io.github.kameleoonservlet.internal.reconcile.UserKeys;
import io.github.kameleoonservlet.internal.source.ApplicationFault;
import io.github.kameleoonservlet.internal.source.UnreadableUserException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reader of the claims of a request about its visitor. Catches the faults of the application's
 * resolver. Thread-safe.
 */
public final class ClaimsReader {

  private static final Logger LOG = LoggerFactory.getLogger(ClaimsReader.class);

  private final UserKeys keys;
  private final UserIdResolver users;
  private final ConsentReader consent;
  private final FirstOccurrences resolverFailed = new FirstOccurrences();
  private final FirstOccurrences cookiesDiffered = new FirstOccurrences();
  private final DroppedCodes droppedCodes = new DroppedCodes();

  /**
   * Creates a reader.
   *
   * @param keys turns user ids into keys
   * @param users determines the user of a request
   * @param consent reads the visitor's consent
   */
  public ClaimsReader(UserKeys keys, UserIdResolver users, ConsentReader consent) {
    this.keys = keys;
    this.users = users;
    this.consent = consent;
  }

  /** Determines the user of a request, as of this call. Does not throw. */
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
   * Reads everything that a request claims, as of this call: its user, codes and consent. Does not
   * throw.
   *
   * @param announced the valid code in the body of an API call, or null
   */
  UserClaims read(IncomingRequest request, @Nullable VisitorCode announced) {
    Identified user = caller(request.servletRequest());
    RequestCookies cookies = request.cookies();
    List<VisitorCode> codes = cookies.visitorCodes();
    if (codes.isEmpty()) {
      droppedCodes.note(request);
    } else if (codes.size() > 1 && cookiesDiffered.isFirst()) {
      LOG.warn(
          "A browser sent two different {} cookies. The setting topLevelDomain and the web SDK's"
              + " cookie domain are probably not the same. Logged once.",
          RequestCookies.VISITOR_CODE);
    }
    boolean noChance = codes.isEmpty() && cookies.areOfOlderRequest(request.servletRequest());
    return new UserClaims(
        new Claims(
            user.caller(),
            announced,
            codes,
            consent.consent(request),
            request.isExcluded() || noChance || request.kind().isPassive()),
        user.userId());
  }

  /**
   * The user of a request.
   *
   * @param caller the caller, for the decision
   * @param userId the id of a signed-in user, otherwise null
   */
  record Identified(Caller caller, @Nullable String userId) {}

  /**
   * The claims of a request.
   *
   * @param claims the claims, for the decision
   * @param userId the id of a signed-in user, otherwise null
   */
  record UserClaims(Claims claims, @Nullable String userId) {}
}
