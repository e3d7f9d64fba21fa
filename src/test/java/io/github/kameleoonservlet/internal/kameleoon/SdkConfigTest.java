package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.decision.ProxyAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the SDK's configuration from settings and from the configuration file. */
class SdkConfigTest {

  @TempDir Path directory;

  private static PlatformSettings site(String proxy, Integer timeout, String file) {
    return new PlatformSettings(
        "abcde12345", "id", "s3cret", "staging", "example.com", timeout, proxy, file, null, 10_000);
  }

  private static PlatformSettings only(String siteCode, String clientId, String file) {
    return new PlatformSettings(
        siteCode, clientId, null, null, null, null, null, file, null, 10_000);
  }

  private String file(String content) throws Exception {
    Path file = directory.resolve("client.conf");
    Files.writeString(file, content, StandardCharsets.ISO_8859_1);
    return file.toString();
  }

  @ParameterizedTest
  @CsvSource({"proxy.example.com:3128,proxy.example.com,3128", "[::1]:80,[::1],80"})
  void proxyHost_wellFormed_isAccepted(String text, String host, int port) {
    assertThat(SdkConfig.of(site(text, null, null)).proxy())
        .isEqualTo(new ProxyAddress(host, port));
  }

  @Test
  void settings_ofFilter_reachSdk() {
    var sdk = SdkConfig.of(site(null, 1234, null)).sdk();
    assertThat(sdk.clientId()).isEqualTo("id");
    assertThat(sdk.clientSecret()).isEqualTo("s3cret");
    assertThat(sdk.environment()).isEqualTo("staging");
    assertThat(sdk.topLevelDomain()).isEqualTo("example.com");
    assertThat(sdk.defaultTimeoutMillis()).isEqualTo(1234);
  }

  @Test
  void configurationFile_withSettings_reachesSdkUnlessOverridden() throws Exception {
    String file =
        file(
            """
            client_id=other
            environment=other
            refresh_interval_minute=7
            session_duration_minute=8
            default_timeout_millisecond=900
            tracking_interval_millisecond=250
            proxy_host=proxy.example.com:8888
            """);
    SdkConfig config = SdkConfig.of(site(null, 1234, file));
    assertThat(config.sdk().clientId()).isEqualTo("id");
    assertThat(config.sdk().environment()).isEqualTo("staging");
    assertThat(config.sdk().refreshIntervalMillis()).isEqualTo(7 * 60_000);
    assertThat(config.sdk().sessionDurationMillis()).isEqualTo(8 * 60_000);
    assertThat(config.sdk().trackingIntervalMillis()).isEqualTo(250);
    assertThat(config.sdk().defaultTimeoutMillis()).isEqualTo(1234);
    assertThat(config.proxy()).isEqualTo(new ProxyAddress("proxy.example.com", 8888));
  }

  @Test
  void configurationFile_onlyCredentials_isSufficient() throws Exception {
    SdkConfig config =
        SdkConfig.of(only("abcde", null, file("client_id=a\nclient_secret=b\nenvironment=\n")));
    assertThat(config.sdk().clientSecret()).isEqualTo("b");
    assertThat(config.sdk().environment()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "soon", "99999999999"})
  void configurationFile_malformedNumber_isNamed(String number) throws Exception {
    String file = file("refresh_interval_minute=" + number);
    assertThatThrownBy(() -> SdkConfig.of(site(null, null, file)))
        .hasMessage(
            "configurationFile: refresh_interval_minute '%s': a whole number from 1 on is allowed",
            number);
  }

  @Test
  void configurationFile_missing_isNamed() {
    Path missing = directory.resolve("missing.conf");
    assertThatThrownBy(() -> SdkConfig.of(site(null, null, missing.toString())))
        .hasMessageStartingWith("configurationFile: cannot read " + missing);
  }

  @Test
  void credentials_missing_areNamed() {
    assertThatThrownBy(() -> SdkConfig.of(only("abcde", "id", null)))
        .hasMessageStartingWith("clientSecret is missing");
  }
}
