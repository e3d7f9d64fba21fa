package io.github.kameleoonservlet.kameleoon;

import com.kameleoon.KameleoonClient;
import com.kameleoon.KameleoonException;
import com.kameleoon.data.UserAgent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the User-Agent of the last 10,000 visitors and tells the SDK just before it needs it:
 * telling makes the SDK keep a visitor for half an hour, also one for whom nothing is ever decided.
 * Thread-safe.
 */
final class UserAgents {

  private static final int CAPACITY = 10_000;

  /** Well below the shortest time after which the SDK forgets an idle visitor by default. */
  private static final long TOLD_AGAIN_NANOS = 600_000_000_000L;

  private final Map<String, Agent> agents =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Agent> eldest) {
          return size() > CAPACITY;
        }
      };

  /** Remembers the User-Agent of a visitor. */
  void remember(String code, String userAgent) {
    synchronized (agents) {
      Agent known = agents.get(code);
      if (known == null || !known.text.equals(userAgent)) {
        agents.remove(code);
        agents.put(code, new Agent(userAgent, null, 0));
      }
    }
  }

  /** Tells the client, unless it was told within the last ten minutes. Sends nothing. */
  void tell(KameleoonClient client, String code) throws KameleoonException {
    long now = System.nanoTime();
    String text;
    synchronized (agents) {
      Agent known = agents.get(code);
      if (known == null || (known.told == client && now - known.when < TOLD_AGAIN_NANOS)) {
        return;
      }
      text = known.text;
      agents.put(code, new Agent(text, client, now));
    }
    client.addData(code, new UserAgent(text));
  }

  private record Agent(String text, @Nullable KameleoonClient told, long when) {}
}
