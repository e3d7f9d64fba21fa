package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.kameleoon.KameleoonClient;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventQueueTest {

  private final EventQueue events = new EventQueue(new SdkFailures());
  private final List<Integer> delivered = new ArrayList<>();
  private final KameleoonClient client =
      (KameleoonClient)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {KameleoonClient.class},
              (proxy, method, arguments) -> null);

  @Test
  void send_beforeClientExists_isPassedInOrder() {
    IntStream.range(0, 5).forEach(i -> events.send(to -> delivered.add(i)));
    assertThat(delivered).isEmpty();
    events.handOver(client);
    events.send(to -> delivered.add(5));
    assertThat(delivered).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(events.drop()).isZero();
  }

  @Test
  void send_moreThanCapacity_countsAndLogsOnce() {
    try (RecordedLog log = new RecordedLog("io.github.kameleoonservlet", Level.INFO)) {
      IntStream.range(0, 1_500).forEach(i -> events.send(to -> delivered.add(i)));
      assertThat(log.messages(Level.INFO)).hasSize(1);
      events.handOver(client);
      assertThat(delivered).hasSize(EventQueue.CAPACITY);
      assertThat(log.messages(Level.INFO)).hasSize(2);
      assertThat(log.messages(Level.INFO).get(1))
          .startsWith("500 events are lost, because the queue was full");
    }
  }

  @Test
  void handOver_clientTemporarilyMissing_keepsEventsForNextClient() {
    events.handOver(client);
    events.handOver(null);
    events.send(to -> delivered.add(1));
    assertThat(delivered).isEmpty();
    events.handOver(client);
    assertThat(delivered).containsExactly(1);
  }

  @Test
  void drop_eventsWaiting_countsEventsOnceAndAcceptsNoMore() {
    IntStream.range(0, 1_500).forEach(i -> events.send(to -> delivered.add(i)));
    assertThat(events.drop()).isEqualTo(1_500);
    events.send(to -> delivered.add(1));
    events.handOver(client);
    assertThat(delivered).isEmpty();
  }

  @Test
  void send_clientThrows_logsOnceWithoutCodeAndSendsOthers() {
    EventQueue.Event refused =
        to -> {
          throw new IllegalStateException("visitor code 'abc'");
        };
    try (RecordedLog log = new RecordedLog("io.github.kameleoonservlet", Level.INFO)) {
      events.send(refused);
      events.send(to -> delivered.add(1));
      events.handOver(client);
      events.send(refused);
      assertThat(delivered).containsExactly(1);
      assertThat(log.messages(Level.INFO)).hasSize(1).noneMatch(line -> line.contains("abc"));
    }
  }
}
