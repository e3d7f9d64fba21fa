package io.github.kameleoonservlet.internal.kameleoon;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestFilterAction;
import com.github.tomakehurst.wiremock.extension.requestfilter.StubRequestFilterV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Simulates the platform on loopback, over real HTTP and TLS, behind an HTTP proxy's address. The
 * JVM must not have created a TLS context before.
 */
public final class Platform implements AutoCloseable {

  public static final String SITE = "wire012345";

  /**
   * The number of remembered visitors: the wire tests run with and without remembered decisions.
   */
  static final int REMEMBERED =
      Integer.getInteger("kameleoon.rememberedVisitors", PlatformSettings.REMEMBERED_VISITORS);

  private static final String CONFIGURATION = "/" + SITE;
  private static final String EVENTS = "/visit/events";
  private static final String VISITOR = "/visit/visitor";
  private static final Path STORES = makeStores();

  /** Long enough that the SDK still waits when 100 requests have ended. */
  static final int TIMEOUT_MILLIS = 5_000;

  private final WireMockServer server;
  private final int port;

  /** Holds requests back unless null. */
  private volatile Hold hold;

  /** A request that has arrived and gets no response until the hold is released. */
  static final class Hold {
    final String path;
    final CountDownLatch arrived = new CountDownLatch(1);
    final CountDownLatch released = new CountDownLatch(1);

    Hold(String path) {
      this.path = path;
    }
  }

  public Platform(int requestedPort) {
    WireMockConfiguration options =
        WireMockConfiguration.options()
            .bindAddress("127.0.0.1")
            .enableBrowserProxying(true)
            .proxyPassThrough(false)
            .keystorePath(STORES.resolve("leaf.p12").toString())
            .keystorePassword("changeit")
            .keyManagerPassword("changeit")
            .keystoreType("PKCS12")
            .caKeystorePath(STORES.resolve("none.p12").toString())
            .extensions(new Gate());
    server =
        new WireMockServer(
            requestedPort == 0 ? options.dynamicPort() : options.port(requestedPort));
    server.start();
    this.port = server.port();
    server.stubFor(any(anyUrl()).atPriority(10).willReturn(aResponse().withStatus(404)));
    server.stubFor(
        post(urlPathEqualTo("/oauth/token"))
            .willReturn(okJson("{\"access_token\":\"s3cret-token\",\"expires_in\":7200}")));
    configuration(okJson(DataFiles.sound()));
    tracking(200);
  }

  /** Returns the port, even if the platform is closed. */
  public int port() {
    return port;
  }

  /** Returns settings that connect the SDK to this platform. */
  PlatformSettings settings() {
    return settings(SITE, TIMEOUT_MILLIS);
  }

  /** Returns settings for a site of this platform, with another time-out of the SDK's calls. */
  PlatformSettings settings(String site, int timeoutMillis) {
    return new PlatformSettings(
        site,
        "id",
        "s3cret-client",
        null,
        "example.com",
        timeoutMillis,
        "127.0.0.1:" + port,
        null,
        null,
        REMEMBERED);
  }

  public void configuration(ResponseDefinitionBuilder answer) {
    server.stubFor(get(urlPathMatching(".*" + CONFIGURATION)).willReturn(answer));
  }

  /** Serves the configuration of another site as well. */
  void configurationOf(String site) {
    server.stubFor(get(urlPathMatching(".*/" + site)).willReturn(okJson(DataFiles.sound())));
  }

  /** Sets the response to requests for remote visitor data. */
  void visitorData(ResponseDefinitionBuilder answer) {
    server.stubFor(get(urlPathEqualTo(VISITOR)).willReturn(answer));
  }

  /** Holds all later requests for remote visitor data back until released. */
  Hold holdVisitorData() {
    hold = new Hold(VISITOR);
    return hold;
  }

  /** Returns the requests for remote visitor data, without the requests that are held back. */
  List<String> visitorRequests() {
    return server.getAllServeEvents().stream()
        .map(event -> event.getRequest().getUrl())
        .filter(url -> url.startsWith(VISITOR))
        .toList();
  }

  public void tracking(int status) {
    server.stubFor(post(urlPathEqualTo(EVENTS)).willReturn(aResponse().withStatus(status)));
  }

  /** Accepts events, and then closes the connection without a response. */
  void trackingUnanswered() {
    server.stubFor(
        post(urlPathEqualTo(EVENTS)).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
  }

  /** Holds all later requests for the configuration back until released. */
  Hold holdConfiguration() {
    hold = new Hold(CONFIGURATION);
    return hold;
  }

  /** Holds all later requests with events back until released. */
  Hold holdTracking() {
    hold = new Hold(EVENTS);
    return hold;
  }

  void release() {
    Hold now = hold;
    hold = null;
    now.released.countDown();
  }

  /**
   * Returns the lines that the platform accepted with 200, without the nonce, in the order of
   * arrival.
   */
  List<String> lines() {
    return events().stream()
        .filter(event -> event.getResponse().getStatus() == 200)
        .flatMap(event -> event.getRequest().getBodyAsString().lines())
        .map(line -> line.replaceAll("nonce=[0-9A-F]{16}", "nonce=N"))
        .toList();
  }

  /** Returns the number of requests with events that got a status as the response. */
  long answered(int status) {
    return events().stream().filter(event -> event.getResponse().getStatus() == status).count();
  }

  public List<ServeEvent> events() {
    return server.getAllServeEvents().stream()
        .filter(event -> event.getRequest().getUrl().startsWith(EVENTS))
        .sorted(java.util.Comparator.comparing(event -> event.getRequest().getLoggedDate()))
        .toList();
  }

  /** Counts the requests for the configuration. */
  long configurationRequests() {
    return server.getAllServeEvents().stream()
        .filter(event -> event.getRequest().getUrl().startsWith(CONFIGURATION))
        .count();
  }

  @Override
  public void close() {
    server.stop();
  }

  /** Returns the options by which another JVM trusts this platform. */
  public static String trustOptions() {
    return Stream.of("trustStore", "trustStorePassword", "trustStoreType")
        .map(name -> "javax.net.ssl." + name)
        .map(name -> "-D" + name + "=" + System.getProperty(name))
        .collect(Collectors.joining(" "));
  }

  private static Path makeStores() {
    try {
      Path directory = Files.createTempDirectory("wire");
      keytool(
          directory,
          "-genkeypair -alias leaf -keyalg RSA -keysize 2048 -validity 2 -dname CN=loopback"
              + " -ext san=dns:sdk-config.kameleoon.eu,dns:api.kameleoon.com,"
              + "dns:data.kameleoon.io,dns:localhost,ip:127.0.0.1 -keystore leaf.p12");
      keytool(directory, "-exportcert -alias leaf -file leaf.crt -keystore leaf.p12");
      keytool(directory, "-importcert -noprompt -alias leaf -file leaf.crt -keystore trust.p12");
      System.setProperty("javax.net.ssl.trustStore", directory.resolve("trust.p12").toString());
      System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
      System.setProperty("javax.net.ssl.trustStoreType", "PKCS12");
      return directory;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void keytool(Path directory, String arguments)
      throws IOException, InterruptedException {
    String command =
        Path.of(System.getProperty("java.home"), "bin", "keytool")
            + " "
            + arguments
            + " -storetype PKCS12 -storepass changeit";
    Process process =
        new ProcessBuilder(command.split(" "))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(output);
    }
  }

  private final class Gate implements StubRequestFilterV2 {
    @Override
    public RequestFilterAction filter(Request request, ServeEvent event) {
      Hold now = hold;
      if (now != null && request.getUrl().startsWith(now.path)) {
        now.arrived.countDown();
        try {
          now.released.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return RequestFilterAction.continueWith(request);
    }

    @Override
    public String getName() {
      return "gate";
    }
  }
}
