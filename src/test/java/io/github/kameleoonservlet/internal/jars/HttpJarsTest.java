package io.github.kameleoonservlet.internal.jars;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.kameleoon.network.netprovider.NetProviderImpl;
import com.sun.net.httpserver.HttpServer;
import io.github.kameleoonservlet.testing.IsolatedApplication;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests which versions of the three jars of Apache HttpComponents 5 fit each other: the SDK sends a
 * request with them. The check of the jars must come to the same result.
 */
class HttpJarsTest {

  /** The columns are the versions of httpclient5, httpcore5 and httpcore5-h2. */
  @ParameterizedTest
  @CsvSource({
    "5.2,   5.2,   5.2",
    "5.2,   5.3.3, 5.3.3",
    "5.3.1, 5.2,   5.2",
    "5.3.1, 5.4.4, 5.2",
    "5.4,   5.3,   5.3.3",
    "5.4.2, 5.3.3, 5.3.3",
    "5.4.3, 5.3,   5.3.4",
    "5.6.5, 5.3,   5.3.4",
    "5.6.5, 5.4.4, 5.3.4",
    "5.4.3, 5.4.4, 5.4.4"
  })
  void jars_thatFit_sendRequestAndAreNotNamed(String client, String core, String h2)
      throws Exception {
    Story story = story(client, core, h2);

    assertThat(story.answer).isEqualTo("200 ok");
    assertThat(story.warnings).isEmpty();
  }

  /** The last column is the jar to upgrade. */
  @ParameterizedTest
  @CsvSource({
    "5.1.4, 5.4.4, 5.4.4, httpclient5-5.1.4.jar,  httpclient5 5.2",
    "5.2,   5.1.5, 5.1.5, httpcore5-5.1.5.jar,    httpcore5 5.2",
    "5.2,   5.4.4, 5.4.4, httpclient5-5.2.jar,    httpclient5 5.4.3",
    "5.3.1, 5.3.3, 5.3.4, httpclient5-5.3.1.jar,  httpclient5 5.4.3",
    "5.4,   5.2.5, 5.3.3, httpcore5-5.2.5.jar,    httpcore5 5.3",
    "5.4.2, 5.4.4, 5.4.4, httpclient5-5.4.2.jar,  httpclient5 5.4.3",
    "5.4.3, 5.3.3, 5.3.3, httpcore5-h2-5.3.3.jar, httpcore5-h2 5.3.4",
    "5.6.5, 5.2.5, 5.4.4, httpcore5-5.2.5.jar,    httpcore5 5.3",
    "5.6.5, 5.4.4, 5.3.3, httpcore5-h2-5.3.3.jar, httpcore5-h2 5.3.4"
  })
  void jars_thatDoNotFit_sendNoRequestAndAreNamed(
      String client, String core, String h2, String jar, String needed) throws Exception {
    Story story = story(client, core, h2);

    assertThat(story.answer).containsAnyOf("NoSuchMethodError", "NoClassDefFoundError");
    assertThat(story.warnings)
        .singleElement()
        .asString()
        .contains(": " + jar + " of version ", "(needed: " + needed + " or later; ")
        .doesNotContain("); ");
  }

  private record Story(String answer, List<String> warnings) {}

  private static Story story(String client, String core, String h2) throws Exception {
    List<Path> jars =
        Stream.of("httpclient5-" + client, "httpcore5-" + core, "httpcore5-h2-" + h2)
            .map(HttpJarsTest::jar)
            .toList();
    try (IsolatedApplication application =
        new IsolatedApplication(
            jars,
            List.of(),
            jar -> !jar.matches(".*/(httpclient5|httpcore5|httpcore5-h2)-[0-9.]+jar"))) {
      Object[] result = (Object[]) application.run(Application.class, "");
      @SuppressWarnings("unchecked") // returned by the class below, in JDK types
      List<String> warnings = (List<String>) result[1];
      return new Story((String) result[0], warnings);
    }
  }

  /** Returns a jar in another version than the library's, or the library's own. */
  private static Path jar(String name) {
    Path other = Path.of("target", "other-libraries", name + ".jar").toAbsolutePath();
    return Stream.concat(
            Stream.of(other),
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of))
        .filter(jar -> jar.endsWith(name + ".jar") && jar.toFile().exists())
        .findFirst()
        .orElseThrow(() -> new AssertionError("the build copies " + name));
  }

  /** Runs inside: sends a request as the SDK does, and checks the jars. */
  public static final class Application {
    private Application() {}

    public static Object run(String unused) throws Exception {
      try (RecordedLog log = new RecordedLog(RequiredJars.class.getName(), Level.WARN)) {
        RequiredJars jars = new RequiredJars();
        jars.checkInBackground(true);
        String answer = answer();
        jars.awaitEnd(Duration.ofMinutes(1));
        return new Object[] {answer, log.lines()};
      }
    }

    private static String answer() throws Exception {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {'o', 'k'});
            exchange.close();
          });
      server.start();
      CompletableFuture<String> end = new CompletableFuture<>();
      // If the jars do not fit, a thread of httpclient5 dies, and the request can have no end.
      Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
      Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> end.complete(fault.toString()));
      try {
        send("http://127.0.0.1:" + server.getAddress().getPort() + "/", end);
        return end.get(1, MINUTES);
      } catch (LinkageError e) {
        return e.toString();
      } finally {
        Thread.setDefaultUncaughtExceptionHandler(before);
        server.stop(0);
      }
    }

    private static void send(String address, CompletableFuture<String> end) throws Exception {
      NetProviderImpl network = new NetProviderImpl(null);
      try {
        network.runRequest(
            new SimpleHttpRequest("GET", address),
            new FutureCallback<>() {
              @Override
              public void completed(SimpleHttpResponse response) {
                end.complete(response.getCode() + " " + response.getBodyText());
              }

              @Override
              public void failed(Exception fault) {
                // The thread that dies reports the cause.
              }

              @Override
              public void cancelled() {
                // As above.
              }
            });
        end.get(1, MINUTES);
      } finally {
        network.close();
      }
    }
  }
}
