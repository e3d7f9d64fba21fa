package io.github.kameleoonservlet.internal.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.decision.RecordingDecisions;
import io.github.kameleoonservlet.internal.statistics.PlatformCounts.Type;
import io.github.kameleoonservlet.internal.statistics.PreviewCounts.Cause;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.Operation;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.Part;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.Result;
import io.github.kameleoonservlet.internal.statistics.WarningCounts.Kind;
import io.github.kameleoonservlet.testing.PartialLoader;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManagementBeanTest {

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final Statistics statistics = new Statistics(0);
  private final RecordingDecisions platform = new RecordingDecisions();
  private final List<ManagementBean> beans = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    beans.forEach(ManagementBean::close);
    assertThat(names()).isEmpty();
  }

  private void register(String context) {
    beans.add(ManagementBean.register(context, "kameleoonVisitor", statistics, platform));
  }

  private List<String> names() throws Exception {
    return server.queryNames(new ObjectName("io.github.kameleoonservlet:*"), null).stream()
        .map(ObjectName::toString)
        .sorted()
        .toList();
  }

  @Test
  void bean_ofAFilter_hasQuotedNames() throws Exception {
    register("/shop");
    beans.add(ManagementBean.register("/", "a,b=c\"*", statistics, platform));

    assertThat(names())
        .containsExactly(
            "io.github.kameleoonservlet:type=Visitors,context=\"/\",filter=\"a,b=c\\\"\\*\"",
            "io.github.kameleoonservlet:type=Visitors,context=\"/shop\","
                + "filter=\"kameleoonVisitor\"");
  }

  @Test
  void beans_ofTheSameContextPath_areNumbered() throws Exception {
    register("/shop");
    register("/shop");
    beans.remove(0).close();

    assertThat(names()).singleElement().asString().contains("context=\"/shop#2\"");
    register("/shop");
    assertThat(names()).hasSize(2);
  }

  @Test
  void attributes_showTheCounts() throws Exception {
    statistics.ended(Outcome.LINKED, new VisitorCode("abcdefgh"), null, "/");
    statistics.ended(Outcome.LINKED, new VisitorCode("abcdefgh"), null, "/");
    statistics.decided(Variation.of("offer", "a", null, null, Map.of(), Reason.ASSIGNED));
    statistics.decided(Variation.of("offer", "b", null, null, Map.of(), Reason.ASSIGNED));
    statistics.previews().add(Cause.FORGED);
    statistics.previews().add(Cause.EXPIRED);
    statistics.store().called(Operation.FIND, Result.ANSWERED, 3_000_000);
    statistics.store().called(Operation.LINK, Result.TIMED_OUT, 9_000_000);
    statistics.store().cacheHit();
    statistics.store().cacheMiss();
    statistics.store().cacheMiss();
    statistics.store().outageBegan(Part.STORE, "SQLException");
    statistics.warnings().detected(Kind.SECOND_STORE);
    statistics.platform().requested(Type.DATA_FILE, 200);
    statistics.platform().requested(Type.EVENTS, 0);
    register("/shop");

    Map<String, Object> shown = attributes();
    assertThat(shown)
        .hasSize(19)
        .containsEntry("Since", statistics.since().toString())
        .containsEntry("InvalidPreviews", 2L)
        .containsEntry("Decisions", Map.of("ASSIGNED", 2L))
        .containsEntry("StoreState", "DOWN")
        .containsEntry("StoreCalls", Map.of("FIND ANSWERED", 1L, "LINK TIMED_OUT", 1L))
        .containsEntry("CacheHits", 1L)
        .containsEntry("CacheMisses", 2L)
        .containsEntry("StoreOutages", 1)
        .containsEntry("UserIdWarnings", Map.of("SECOND_STORE", 1L))
        .containsEntry("PlatformState", platform.status().state().name())
        .containsEntry("EventsPending", platform.status().events().pending())
        .containsEntry("EventsSent", platform.status().events().sent())
        .containsEntry("EventsLost", platform.status().events().lost())
        .containsEntry("PlatformRequests", Map.of("DATA_FILE 200", 1L, "EVENTS NO_ANSWER", 1L));
    assertThat(shown.get("Requests"))
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Long.class))
        .hasSize(7)
        .containsEntry("LINKED", 2L);
    for (String percentile : List.of("Median", "P95", "P99")) {
      assertThat((Double) shown.get("StoreFind" + percentile + "Millis")).isBetween(3.0, 3.4);
    }
  }

  private Map<String, Object> attributes() throws Exception {
    ObjectName name = new ObjectName(names().get(0));
    Map<String, Object> values = new HashMap<>();
    for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
      Object value = server.getAttribute(name, attribute.getName());
      values.put(attribute.getName(), value instanceof TabularData table ? entries(table) : value);
    }
    return values;
  }

  private static Map<Object, Object> entries(TabularData table) {
    Map<Object, Object> entries = new HashMap<>();
    for (Object row : table.values()) {
      entries.put(((CompositeData) row).get("key"), ((CompositeData) row).get("value"));
    }
    return entries;
  }

  @Test
  void closing_anMBeanThatTheServerRemoved_logsNothing() throws Exception {
    register("/shop");
    server.unregisterMBean(new ObjectName(names().get(0)));

    try (RecordedLog log = new RecordedLog(Level.INFO)) {
      beans.get(0).close();
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void registration_thatFails_logsOneWarning() throws Exception {
    for (int i = 0; i < 99; i++) {
      register("/shop");
    }

    try (RecordedLog log = new RecordedLog(Level.INFO)) {
      register("/shop");
      assertThat(log.lines()).hasSize(1);
      assertThat(log.complaints())
          .singleElement()
          .asString()
          .contains("Cannot register the MBean", "InstanceAlreadyExistsException");
    }
  }

  @Test
  void registration_withoutTheManagementModule_logsOneWarning() throws Exception {
    PartialLoader loader = new PartialLoader("java.lang.management.", "javax.management.");

    try (RecordedLog log = new RecordedLog(Level.INFO)) {
      loader.run(Registering.class);
      assertThat(log.complaints())
          .singleElement()
          .asString()
          .contains("Cannot register the MBean", "NoClassDefFoundError");
    }
    assertThat(loader.missed).isNotEmpty();
  }

  /** Registers and unregisters an MBean. */
  public static final class Registering implements Runnable {

    /** For the loader. */
    public Registering() {}

    @Override
    public void run() {
      ManagementBean.register("/", "filter", new Statistics(0), new RecordingDecisions()).close();
    }
  }
}
