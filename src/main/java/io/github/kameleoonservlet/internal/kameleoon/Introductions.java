package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.KameleoonClient;
import com.kameleoon.KameleoonException;
import com.kameleoon.data.UserAgent;
import com.kameleoon.data.manager.Visitor;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Remembers User-Agent and consent of recent visitors, and tells the SDK just before it needs them:
 * telling makes the SDK keep a visitor for half an hour, also one for whom nothing is ever decided.
 * Thread-safe.
 */
final class Introductions {

  /** Less would lose the User-Agent between the beginning of a request and its first decision. */
  private static final int LEAST_CAPACITY = 1_000;

  /** Longer ones are cut: they come from outside, and are kept. */
  private static final int MAX_USER_AGENT = 512;

  private static final long MOST_NANOS = 600_000_000_000L;

  private final long toldAgainNanos;
  private final Map<String, Known> visitors;
  private volatile @Nullable SdkClient looked;

  /**
   * Begins with nobody.
   *
   * @param sessionMillis after which the SDK forgets an idle visitor; told again well before
   * @param maxVisitors the maximum of visitors
   */
  Introductions(long sessionMillis, int maxVisitors) {
    this.toldAgainNanos = Math.min(MOST_NANOS, sessionMillis * 1_000_000L / 3);
    int capacity = Math.max(LEAST_CAPACITY, maxVisitors);
    this.visitors =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > capacity;
          }
        };
  }

  /** Remembers the User-Agent of a visitor. */
  void userAgent(String code, String header) {
    String userAgent = header.substring(0, Math.min(header.length(), MAX_USER_AGENT));
    synchronized (visitors) {
      Known known = visitors.getOrDefault(code, Known.NOTHING);
      remember(code, known, new Known(userAgent, known.consent, null, 0));
    }
  }

  /** Remembers that a visitor has consented, or has not. */
  void consent(String code, boolean granted) {
    synchronized (visitors) {
      Known known = visitors.getOrDefault(code, Known.NOTHING);
      remember(code, known, new Known(known.userAgent, granted, null, 0));
    }
  }

  private void remember(String code, Known before, Known now) {
    if (!now.sameAs(before)) {
      visitors.remove(code);
      visitors.put(code, now);
    }
  }

  /** Looks from now on whether a client still has the visitors of whom it was told. */
  void look(SdkClient client) {
    looked = client;
  }

  /** Tells the client, unless it was told lately and still has the visitor. Sends nothing. */
  void tell(KameleoonClient client, String code) throws KameleoonException {
    long now = System.nanoTime();
    Known known;
    synchronized (visitors) {
      known = visitors.get(code);
      if (known == null
          || (known.toldTo(client)
              && now - known.when < toldAgainNanos
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

  /** The visitor may be removed here, or by another application that shares the client. */
  private boolean isKept(KameleoonClient client, String code, Known known) {
    SdkClient inside = looked;
    SdkInternals internals = inside == null || inside.sdk() != client ? null : inside.internals();
    if (internals == null) {
      return true;
    }
    Visitor visitor = internals.idleVisitors().visitor(code);
    return visitor != null
        && (known.userAgent == null || visitor.getUserAgent() != null)
        && (!Boolean.TRUE.equals(known.consent) || visitor.getLegalConsent());
  }

  /** Returns whether the consent of a visitor is known here. */
  private boolean hasConsent(String code) {
    synchronized (visitors) {
      Known known = visitors.get(code);
      return known != null && Boolean.TRUE.equals(known.consent);
    }
  }

  /**
   * Returns the owner of a client's visitors.
   *
   * @param failures logs what the client refuses
   */
  IdleVisitors.Owner of(KameleoonClient client, OnceLog failures) {
    return new IdleVisitors.Owner() {
      @Override
      public boolean mayRemove(String code, boolean consented) {
        return !consented || hasConsent(code);
      }

      @Override
      public void introduce(String code) {
        try {
          tell(client, code);
        } catch (KameleoonException e) {
          failures.failed("The SDK did not accept a visitor's User-Agent and consent", e);
        }
      }
    };
  }

  private record Known(
      @Nullable String userAgent,
      @Nullable Boolean consent,
      @Nullable WeakReference<KameleoonClient> told,
      long when) {

    static final Known NOTHING = new Known(null, null, null, 0);

    boolean toldTo(KameleoonClient client) {
      return told != null && told.refersTo(client);
    }

    boolean sameAs(Known other) {
      return Objects.equals(userAgent, other.userAgent) && Objects.equals(consent, other.consent);
    }
  }
}
