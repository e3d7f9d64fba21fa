package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.kameleoon.KameleoonClient;
import com.kameleoon.KameleoonClientConfig;
import com.kameleoon.KameleoonClientFactory;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests that without proxy and data file the client comes from the SDK's factory. The hosts file of
 * this JVM resolves the platform's host names to loopback, where no server listens.
 */
class KameleoonFactoryWireTest {

  private static final String SITE = "factory012";
  private static final int CALLERS = 2;

  @BeforeAll
  static void nothingReachesTheRealPlatform() throws Exception {
    assertThat(java.net.InetAddress.getByName("sdk-config.kameleoon.eu").isLoopbackAddress())
        .isTrue();
  }

  private final PrintStream out = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final RecordedLog sdkLog = new RecordedLog("com.kameleoon", Level.INFO);
  private final RecordedLog ownLog = new RecordedLog("io.github.kameleoonservlet", Level.INFO);

  @BeforeEach
  void watch() {
    System.setOut(new PrintStream(printed, true));
  }

  @AfterEach
  void assertSilent() {
    System.setOut(out);
    sdkLog.close();
    ownLog.close();
    assertThat(printed.toString()).isEmpty();
  }

  private static KameleoonDecisionProvider open() {
    return SdkStart.open(
        new PlatformSettings(
            SITE, "id", "secret", "test", "example.com", 500, null, null, null, 10_000),
        TargetingSettings.NONE);
  }

  private static KameleoonClientConfig applicationConfig() throws Exception {
    return new KameleoonClientConfig.Builder()
        .clientId("id")
        .clientSecret("secret")
        .environment("test")
        .topLevelDomain("example.com")
        .defaultTimeout(500)
        .build();
  }

  private static Map<?, ?> clients() throws Exception {
    Field clients = KameleoonClientFactory.class.getDeclaredField("clients");
    clients.setAccessible(true);
    return (Map<?, ?>) clients.get(null);
  }

  @Test
  void factory_calledByApplication_returnsClientOfFilterUntilClose() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    KameleoonDecisionProvider provider = open();
    await().until(() -> clients().size() == 1);
    Object ours = clients().values().iterator().next();
    KameleoonClient theirs = KameleoonClientFactory.create(SITE, applicationConfig());
    assertThat(theirs).isSameAs(ours);
    assertThat(provider.decide(new VisitorCode("v"), "any", true, RequestFacts.none()).getReason())
        .isEqualTo(Reason.NOT_READY);
    provider.close();
    assertThat(clients()).isEmpty();
    Threads.assertNoneBut(before);
  }

  @Test
  void factory_clientOfApplicationExists_isUsedAndStays() throws Exception {
    LogBridge quiet = LogBridge.install();
    KameleoonClient theirs = KameleoonClientFactory.create(SITE, applicationConfig());
    KameleoonDecisionProvider provider = open();
    await().atMost(Duration.ofMinutes(2)).until(() -> hasClient(provider));
    assertThat(client(provider).sdk()).isSameAs(theirs);
    provider.close();
    assertThat(clients().values()).singleElement().isSameAs(theirs);
    KameleoonClientFactory.forget(SITE, "test");
    SdkClient.internalsOf(theirs, 100).stop();
    quiet.close();
  }

  @Test
  void factory_calledByThreadsAtOnce_createsOneClientThatOneOwnerReleases() throws Exception {
    LogBridge quiet = LogBridge.install();
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    for (int round = 0; round < 4; round++) {
      CyclicBarrier begin = new CyclicBarrier(CALLERS + 1);
      Callable<KameleoonClient> call =
          () -> {
            begin.await();
            return KameleoonClientFactory.create(SITE, applicationConfig());
          };
      List<Future<KameleoonClient>> created = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        created.add(threads.submit(call));
      }
      begin.await();
      KameleoonDecisionProvider provider = open();
      await().atMost(Duration.ofMinutes(2)).until(() -> hasClient(provider));

      KameleoonClient only = client(provider).sdk();
      assertThat(clients().values()).singleElement().isSameAs(only);
      for (Future<KameleoonClient> one : created) {
        assertThat(one.get()).isSameAs(only);
      }
      provider.close();
      // The creator releases the client. A client of the application stays.
      if (clients().isEmpty()) {
        assertThat(SdkClient.internalsOf(only, 100).stopped()).isTrue();
      } else {
        assertThat(clients().values()).singleElement().isSameAs(only);
        KameleoonClientFactory.forget(SITE, "test");
        SdkClient.internalsOf(only, 100).stop();
      }
    }
    threads.shutdown();
    quiet.close();
  }

  @Test
  void factory_applicationRemovesClientOfFilter_filterCreatesNewClient() throws Exception {
    KameleoonDecisionProvider provider = open();
    await().until(() -> clients().size() == 1);
    Object first = clients().values().iterator().next();
    await().until(() -> hasClient(provider));
    KameleoonClientFactory.forget(SITE, "test");
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              provider.decide(new VisitorCode("v"), "any", true, RequestFacts.none());
              return clients().size() == 1 && clients().values().iterator().next() != first;
            });
    provider.close();
    assertThat(clients()).isEmpty();
  }

  @Test
  void close_factoryStillWaits_leavesNothing() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    open().close();
    Threads.assertNoneBut(before);
    assertThat(clients()).isEmpty();
  }

  @Test
  void close_platformUnreachable_removesClientAndLogsOneCount() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    KameleoonDecisionProvider provider = open();
    provider.trackConversion(new VisitorCode("early"), 1, 0, RequestFacts.none());
    await().until(() -> hasClient(provider));
    provider.trackConversion(new VisitorCode("late"), 1, 0, RequestFacts.none());
    provider.addCustomData(new VisitorCode("late"), 1, List.of("gold"), RequestFacts.none());
    provider.close();
    assertThat(clients()).isEmpty();
    assertThat(ownLog.messages(Level.WARN))
        .containsExactly("3 events were not delivered to Kameleoon before the application stopped");
    Threads.assertNoneBut(before);
  }

  private static boolean hasClient(KameleoonDecisionProvider provider) throws Exception {
    return client(provider) != null;
  }

  private static SdkClient client(KameleoonDecisionProvider provider) throws Exception {
    Field field = KameleoonDecisionProvider.class.getDeclaredField("connection");
    field.setAccessible(true);
    return ((ClientConnection) field.get(provider)).current();
  }
}
