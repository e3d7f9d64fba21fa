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
 * The User-Agent and the consent of recent visitors. The SDK gets these data only before an
 * exposure or an event, because the SDK keeps a visitor with data for half an hour. Thread-safe.
 */
final class VisitorContexts {

  /**
   * The capacity of {@link EventQueue}, because each waiting event may belong to another visitor.
   */
  private static final int LEAST_CAPACITY = EventQueue.CAPACITY;

  /** The maximum length of a kept header, because a client can send headers of any length. */
  private static final int MAX_USER_AGENT = 512;

  private static final long MAX_NANOS = 600_000_000_000L;

  private final long givenAgainNanos;
  private final Map<String, Known> visitors;
  private volatile @Nullable SdkClient currentClient;

  /**
   * Creates an instance without visitors.
   *
   * @param sessionMillis the time in milliseconds after which the SDK drops an idle visitor; the
   *     SDK gets the data again after a third of this time, and after ten minutes at the latest
   * @param maxVisitors the maximum number of visitors
   */
  VisitorContexts(long sessionMillis, int maxVisitors) {
    this.givenAgainNanos = Math.min(MAX_NANOS, sessionMillis * 1_000_000L / 3);
    this.visitors = new LatestVisitors<>(Math.max(LEAST_CAPACITY, maxVisitors));
  }

  /**
   * Remembers the User-Agent and the consent of a request's visitor. Only the first call of a
   * request has an effect, so that a refusal during a long request stays in force.
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

  /** Sets the client whose memory of visitors {@link #giveTo} examines. */
  void setCurrentClient(SdkClient client) {
    currentClient = client;
  }

  /**
   * Passes a visitor's data to a client, unless the client got the data recently and still has
   * them. Sends no event.
   */
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

  /**
   * Returns whether the SDK still has the data. This library or another application may have
   * removed the visitor.
   */
  private boolean isKept(KameleoonClient client, String code, Known known) {
    SdkClient current = currentClient;
    SdkInternals internals =
        current == null || current.sdk() != client ? null : current.internals();
    return internals == null
        || internals
            .idleVisitors()
            .holds(code, known.userAgent != null, Boolean.TRUE.equals(known.consent));
  }

  /** Returns whether this instance remembers the visitor's consent. */
  private boolean hasConsent(String code) {
    synchronized (visitors) {
      Known known = visitors.get(code);
      return known != null && Boolean.TRUE.equals(known.consent);
    }
  }

  /**
   * Returns the restorer of a client's visitors.
   *
   * @param failures logs data that the client does not accept
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
              "Kameleoon's SDK did not accept a visitor's User-Agent and consent,"
                  + " which are missing in the visitor's events",
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
