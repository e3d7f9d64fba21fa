package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.KameleoonClient;
import com.kameleoon.KameleoonException;
import com.kameleoon.data.UserAgent;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The User-Agent and the consent of recent visitors. The SDK gets them just before it needs them,
 * because it then keeps the visitor for half an hour, even if nothing is decided for the visitor.
 * Thread-safe.
 */
final class VisitorContexts {

  /** As many as {@link EventQueue} keeps events, each of which may be of another visitor. */
  private static final int LEAST_CAPACITY = EventQueue.CAPACITY;

  /** Longer headers are cut, because they come from outside and are kept. */
  private static final int MAX_USER_AGENT = 512;

  private static final long MAX_NANOS = 600_000_000_000L;

  private final long givenAgainNanos;
  private final Map<String, Known> visitors;
  private volatile @Nullable SdkClient looked;

  /**
   * Creates an instance without visitors.
   *
   * @param sessionMillis the time in milliseconds after which the SDK forgets an idle visitor; the
   *     SDK gets the data again after a third of it, and after ten minutes at the latest
   * @param maxVisitors the maximum number of visitors
   */
  VisitorContexts(long sessionMillis, int maxVisitors) {
    this.givenAgainNanos = Math.min(MAX_NANOS, sessionMillis * 1_000_000L / 3);
    this.visitors = new LatestVisitors<>(Math.max(LEAST_CAPACITY, maxVisitors));
  }

  /**
   * Remembers User-Agent and consent of a visitor as a request has them. Only the first call of a
   * request counts, so that a refusal during a long request holds.
   */
  void remember(String code, RequestFacts facts) {
    if (code.equals(facts.memory().put(this, code))) {
      return;
    }
    String userAgent = facts.userAgent();
    boolean consented = facts.consentGiven();
    if (userAgent == null && !consented) {
      return;
    }
    synchronized (visitors) {
      Known known = visitors.getOrDefault(code, Known.NOTHING);
      remember(
          code,
          known,
          new Known(
              userAgent == null ? known.userAgent : cut(userAgent),
              consented ? Boolean.TRUE : known.consent,
              null,
              0));
    }
  }

  private static String cut(String header) {
    return header.substring(0, Math.min(header.length(), MAX_USER_AGENT));
  }

  /** Remembers that a visitor refuses consent. */
  void refuse(String code) {
    synchronized (visitors) {
      Known known = visitors.getOrDefault(code, Known.NOTHING);
      remember(code, known, new Known(known.userAgent, false, null, 0));
    }
  }

  private void remember(String code, Known before, Known now) {
    if (!now.sameAs(before)) {
      visitors.remove(code);
      visitors.put(code, now);
    }
  }

  /** Sets the client that is asked whether it still has a visitor. */
  void look(SdkClient client) {
    looked = client;
  }

  /** Gives a client a visitor's data, unless it got them lately and has them. Sends nothing. */
  void giveTo(KameleoonClient client, String code) throws KameleoonException {
    long now = System.nanoTime();
    Known known;
    synchronized (visitors) {
      known = visitors.get(code);
      if (known == null
          || (known.isGivenTo(client)
              && now - known.when < givenAgainNanos
              && isKept(client, code, known))) {
        return;
      }
      visitors.put(
          code, new Known(known.userAgent, known.consent, new WeakReference<>(client), now));
    }
    if (known.consent != null) {
      client.setLegalConsent(code, known.consent);
    }
    if (known.userAgent != null) {
      client.addData(code, new UserAgent(known.userAgent));
    }
  }

  /** This library, or another application that shares the client, may have removed the visitor. */
  private boolean isKept(KameleoonClient client, String code, Known known) {
    SdkClient inside = looked;
    SdkInternals internals = inside == null || inside.sdk() != client ? null : inside.internals();
    return internals == null
        || internals
            .idleVisitors()
            .holds(code, known.userAgent != null, Boolean.TRUE.equals(known.consent));
  }

  /** Returns whether the consent of a visitor is known here. */
  private boolean hasConsent(String code) {
    synchronized (visitors) {
      Known known = visitors.get(code);
      return known != null && Boolean.TRUE.equals(known.consent);
    }
  }

  /**
   * Returns the restorer of a client's visitors.
   *
   * @param failures logs what the client refuses
   */
  IdleVisitors.Restorer restorerOf(KameleoonClient client, SdkFailures failures) {
    return new IdleVisitors.Restorer() {
      @Override
      public boolean canRestore(String code, boolean consented) {
        return !consented || hasConsent(code);
      }

      @Override
      public void restore(String code) {
        try {
          giveTo(client, code);
        } catch (KameleoonException e) {
          failures.failed(
              "Kameleoon's SDK did not accept a visitor's User-Agent and consent, which are missing in its"
                  + " events",
              e);
        }
      }
    };
  }

  private record Known(
      @Nullable String userAgent,
      @Nullable Boolean consent,
      @Nullable WeakReference<KameleoonClient> givenTo,
      long when) {

    static final Known NOTHING = new Known(null, null, null, 0);

    boolean isGivenTo(KameleoonClient client) {
      return givenTo != null && givenTo.refersTo(client);
    }

    boolean sameAs(Known other) {
      return Objects.equals(userAgent, other.userAgent) && Objects.equals(consent, other.consent);
    }
  }
}
