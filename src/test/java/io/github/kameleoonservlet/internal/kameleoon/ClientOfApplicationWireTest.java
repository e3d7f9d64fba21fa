package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.kameleoon.KameleoonClient;
import io.github.kameleoonservlet.identity.VisitorCode;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests how many exposures the platform receives if old code of the application reads a feature
 * through a client of its own, or through the library's.
 */
class ClientOfApplicationWireTest extends ProviderOverWire {

  private static final String OTHER = "other01234";
  private static final VisitorCode VISITOR = new VisitorCode("both");
  private static final Pattern SITE_CODE = Pattern.compile("siteCode=(\\w+)");

  @ParameterizedTest
  @ValueSource(strings = {Platform.SITE, OTHER})
  void exposure_readThroughTwoClients_arrivesOnceFromEach(String site) throws Exception {
    platform.configurationOf(site);
    SdkConfig config =
        SdkConfig.of(platform.settings(site, Platform.TIMEOUT_MILLIS).remembering(0));
    SdkClient client = SdkClients.throughProxy(config, config.proxy());
    try {
      open();
      waitUntilReady();
      client.sdk().waitInit().get(60, TimeUnit.SECONDS);

      readTwice(client.sdk());
    } finally {
      assertThat(client.close(Duration.ofSeconds(20))).as("lost").isZero();
    }

    assertThat(exposures(site)).isEqualTo(site.equals(OTHER) ? 1 : 2);
    assertThat(exposures(Platform.SITE)).isEqualTo(site.equals(OTHER) ? 1 : 2);
  }

  @Test
  void exposure_readThroughClientOfLibrary_arrives() throws Exception {
    open();
    waitUntilReady();
    Field connection = KameleoonDecisionProvider.class.getDeclaredField("connection");
    connection.setAccessible(true);

    readTwice(((ClientConnection) connection.get(provider)).current().sdk());

    // Two, if the SDK has sent the first exposure before the second read.
    assertThat(exposures(Platform.SITE)).isBetween(1L, 2L);
  }

  /** Reads a feature through the library and, as old code does, through a client. */
  private void readTwice(KameleoonClient client) throws Exception {
    assertThat(read(VISITOR, true).getKey()).isEqualTo("on");
    assertThat(client.isFeatureActive(VISITOR.value(), "free-shipping")).isTrue();
    // Delivers the events that wait.
    provider.close();
  }

  /** Returns the number of exposures of the visitor that have arrived for a site. */
  private long exposures(String site) {
    return platform.events().stream()
        .map(ServeEvent::getRequest)
        .filter(
            request -> {
              Matcher code = SITE_CODE.matcher(request.getUrl());
              return code.find() && code.group(1).equals(site);
            })
        .flatMap(request -> request.getBodyAsString().lines())
        .filter(line -> line.startsWith("eventType=experiment&id=2201"))
        .filter(line -> line.endsWith("visitorCode=" + VISITOR.value()))
        .count();
  }
}
