package io.github.kameleoonservlet.kameleoon;

import com.kameleoon.KameleoonClient;
import com.kameleoon.KameleoonException;
import com.kameleoon.data.UserAgent;
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

  /** Tells the client, unless it was told lately. Sends nothing. */
  void tell(KameleoonClient client, String code) throws KameleoonException {
    long now = System.nanoTime();
    Known known;
    synchronized (visitors) {
      known = visitors.get(code);
      if (known == null || (known.toldTo(client) && now - known.when < toldAgainNanos)) {
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
   * Returns the owner of a client's visitors.
   *
   * @param failures logs what the client refuses
   */
  IdleVisitors.Owner of(KameleoonClient client, OnceLog failures) {
    return new IdleVisitors.Owner() {
      @Override
      public boolean mayRemove(String code, boolean consented) {
        return tellAgain(code, consented);
      }

      @Override
      public void introduce(String code) {
        // Another application that shares the client may have removed the visitor.
        untell(code);
        try {
          tell(client, code);
        } catch (KameleoonException e) {
          failures.failed("The SDK did not accept a visitor's User-Agent and consent", e);
        }
      }
    };
  }

  /**
   * Tells the SDK of a visitor again before the next event, because the SDK is about to forget the
   * visitor.
   *
   * @param consented whether the SDK has the visitor's consent
   * @return false if the SDK has a consent that is not known here
   */
  private boolean tellAgain(String code, boolean consented) {
    synchronized (visitors) {
      Known known = visitors.get(code);
      if (consented && (known == null || !Boolean.TRUE.equals(known.consent))) {
        return false;
      }
      untell(code);
      return true;
    }
  }

  private void untell(String code) {
    synchronized (visitors) {
      visitors.computeIfPresent(
          code, (key, known) -> new Known(known.userAgent, known.consent, null, 0));
    }
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
