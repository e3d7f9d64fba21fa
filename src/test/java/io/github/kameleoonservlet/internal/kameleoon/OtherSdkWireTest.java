package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.kameleoon.KameleoonClient;
import com.kameleoon.KameleoonClientConfig;
import com.kameleoon.KameleoonClientFactory;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import io.github.kameleoonservlet.testing.IsolatedApplication;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the factory's client with an SDK whose private fields differ from 4.5.0. The platform's
 * host names resolve to loopback, where no server listens.
 */
class OtherSdkWireTest {

  private static final String CLIENT = "com/kameleoon/KameleoonClientImpl.class";
  private static final String SITE = "other01234";

  @TempDir static Path classes;

  @BeforeAll
  static void renameAPrivateField() throws Exception {
    try (InputStream in = OtherSdkWireTest.class.getClassLoader().getResourceAsStream(CLIENT)) {
      String original = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      String other = original.replace("trackingManager", "trackingKeeper1");
      assertThat(other).isNotEqualTo(original);
      Path file = classes.resolve(CLIENT);
      Files.createDirectories(file.getParent());
      Files.write(file, other.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private static Map<?, ?> run(String whoseClient) throws Exception {
    try (IsolatedApplication application = new IsolatedApplication(classes)) {
      return (Map<?, ?>) application.run(Application.class, whoseClient);
    }
  }

  @Test
  void close_clientOfApplication_staysInFactory() throws Exception {
    assertThat(run("application"))
        .isEqualTo(Map.of("inside known", false, "client stays", true, "threads stay", true));
  }

  @Test
  void close_clientOfLibrary_isRemovedAndThreadsStop() throws Exception {
    assertThat(run("ours"))
        .isEqualTo(Map.of("inside known", false, "client stays", false, "threads stay", false));
  }

  /**
   * Runs in the isolated application: opens and closes a provider, and returns the remains of the
   * client in JDK types.
   */
  public static final class Application {
    private Application() {}

    public static Object run(String whoseClient) throws Exception {
      LogBridge quiet = LogBridge.install();
      Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());
      if (whoseClient.equals("application")) {
        KameleoonClientFactory.create(SITE, config());
      }
      KameleoonDecisionProvider provider =
          SdkStart.open(
              new PlatformSettings(
                  SITE, "id", "secret", null, "example.com", 500, null, null, null, 10_000),
              TargetingSettings.NONE);
      await().atMost(Duration.ofMinutes(2)).until(() -> client(provider) != null);
      KameleoonClient used = client(provider);
      provider.close();

      boolean threads = threadsAfterAWhile(before);
      KameleoonClient now = KameleoonClientFactory.create(SITE, config());
      Map<String, Boolean> told =
          Map.of(
              "inside known",
              SdkClient.internalsOf(used, 100) != null,
              "client stays",
              now == used,
              "threads stay",
              threads);
      KameleoonClientFactory.forget(SITE);
      quiet.close();
      return told;
    }

    /**
     * Returns whether threads of the library are left after close(): waits until they have ended,
     * or until a time-out.
     */
    private static boolean threadsAfterAWhile(Set<Thread> before) throws InterruptedException {
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (!before.contains(thread) && thread.getName().startsWith("httpclient")) {
          thread.join(Duration.ofSeconds(5).toMillis());
          if (thread.isAlive()) {
            return true;
          }
        }
      }
      return false;
    }

    private static KameleoonClientConfig config() throws Exception {
      return new KameleoonClientConfig.Builder()
          .clientId("id")
          .clientSecret("secret")
          .topLevelDomain("example.com")
          .defaultTimeout(500)
          .build();
    }

    private static KameleoonClient client(KameleoonDecisionProvider provider) throws Exception {
      var field = KameleoonDecisionProvider.class.getDeclaredField("connection");
      field.setAccessible(true);
      SdkClient current = ((ClientConnection) field.get(provider)).current();
      return current == null ? null : current.sdk();
    }
  }
}
