package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.data.CustomData;
import com.kameleoon.data.Data;
import io.github.kameleoonservlet.internal.outage.FirstOccurrences;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of visitors. Before each event, the client gets the visitor's User-Agent and consent.
 * Thread-safe.
 */
final class VisitorEvents {

  private static final Logger LOG = LoggerFactory.getLogger(KameleoonDecisionProvider.class);

  private final EventQueue queue;
  private final VisitorContexts contexts;
  private final FirstOccurrences notFinite = new FirstOccurrences();

  VisitorEvents(EventQueue queue, VisitorContexts contexts) {
    this.queue = queue;
    this.contexts = contexts;
  }

  void conversion(String code, int goalId, double revenue) {
    float sent = finite(revenue);
    queue.send(
        client -> {
          contexts.giveTo(client, code);
          client.trackConversion(code, goalId, sent);
          // Again, because the SDK may have dropped the visitor between the two calls.
          contexts.giveTo(client, code);
        });
  }

  /**
   * Returns the revenue as a float; 0 if no finite float exists, because the SDK would send "NaN"
   * or "Infinity".
   */
  private float finite(double revenue) {
    float sent = (float) revenue;
    if (Float.isFinite(sent)) {
      return sent;
    }
    if (notFinite.isFirst()) {
      LOG.warn(
          "The revenue of a conversion is {}: the conversion is sent without"
              + " revenue. Pass a finite number. Logged once.",
          sent);
    }
    return 0;
  }

  void customData(String code, int index, List<String> values) {
    data(code, new CustomData(index, values.toArray(new String[0])));
  }

  /**
   * Sends the events of a page.
   *
   * @param client the current client, which keeps a limited number of the visitor's pages
   */
  void page(String code, List<Data> events, @Nullable SdkClient client) {
    if (events.isEmpty()) {
      return;
    }
    SdkInternals internals = client == null ? null : client.internals();
    if (internals != null) {
      internals.trimPages(code);
    }
    data(code, events.toArray(new Data[0]));
  }

  private void data(String code, Data... data) {
    queue.send(
        client -> {
          contexts.giveTo(client, code);
          client.addData(code, data);
          contexts.giveTo(client, code);
          // Without flush() the SDK keeps the data until the visitor's next event.
          client.flush(code);
        });
  }
}
