package io.github.kameleoonservlet.kameleoon;

import com.kameleoon.KameleoonClient;
import com.kameleoon.KameleoonException;
import com.kameleoon.data.UserAgent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Remembers User-Agent and consent of the last 10,000 visitors, and tells the SDK just before it
 * needs them: telling makes the SDK keep a visitor for half an hour, also one for whom nothing is
 * ever decided. Thread-safe.
 */
final class Introductions {

  private static final int CAPACITY = 10_000;

  /** Well below the shortest time after which the SDK forgets an idle visitor by default. */
  private static final long TOLD_AGAIN_NANOS = 600_000_000_000L;

  private final Map<String, Known> visitors =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > CAPACITY;
        }
      };

  /** Remembers the User-Agent of a visitor. */
  void userAgent(String code, String userAgent) {
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

  /** Tells the client, unless it was told within the last ten minutes. Sends nothing. */
  void tell(KameleoonClient client, String code) throws KameleoonException {
    long now = System.nanoTime();
    Known known;
    synchronized (visitors) {
      known = visitors.get(code);
      if (known == null || (known.told == client && now - known.when < TOLD_AGAIN_NANOS)) {
        return;
      }
      visitors.put(code, new Known(known.userAgent, known.consent, client, now));
    }
    if (known.consent != null) {
      client.setLegalConsent(code, known.consent);
    }
    if (known.userAgent != null) {
      client.addData(code, new UserAgent(known.userAgent));
    }
  }

  private record Known(
      @Nullable String userAgent,
      @Nullable Boolean consent,
      @Nullable KameleoonClient told,
      long when) {

    static final Known NOTHING = new Known(null, null, null, 0);

    boolean sameAs(Known other) {
      return Objects.equals(userAgent, other.userAgent) && Objects.equals(consent, other.consent);
    }
  }
}
