package io.github.kameleoonservlet.internal.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the checks of the settings that concern the platform. */
class PlatformSettingsTest {

  private static PlatformSettings site(String proxy, Integer timeout, String file) {
    return new PlatformSettings(
        "abcde12345", "id", "s3cret", "staging", "example.com", timeout, proxy, file, null, 10_000);
  }

  private static PlatformSettings only(String siteCode, String clientId, String file) {
    return new PlatformSettings(
        siteCode, clientId, null, null, null, null, null, file, null, 10_000);
  }

  @Test
  void settings_neitherSiteNorFile_nameBothSettings() {
    assertThatThrownBy(() -> only(null, null, null).requireSource())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("set siteCode, clientId and clientSecret")
        .hasMessageContaining("dataFile");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a/b", "a?b", "ä"})
  void siteCode_malformed_isNamed(String siteCode) {
    assertThatThrownBy(() -> only(siteCode, "id", null)).hasMessageStartingWith("siteCode '");
  }

  @Test
  void blank_setting_isNamed() {
    assertThatThrownBy(() -> only("abcde", " ", null)).hasMessageStartingWith("clientId is blank");
  }

  @ParameterizedTest
  @ValueSource(strings = {"proxy", "proxy:", "proxy:0", "proxy:65536", "http://proxy:1", "a b:1"})
  void proxyHost_malformed_namesAllowedForm(String proxy) {
    assertThatThrownBy(() -> site(proxy, null, null))
        .hasMessageStartingWith("proxyHost '" + proxy + "': host:port is allowed");
  }

  @Test
  void timeout_notPositive_isNamed() {
    assertThatThrownBy(() -> site(null, 0, null)).hasMessageStartingWith("platformTimeoutMillis");
  }

  @Test
  void toString_always_masksTheSecret() {
    assertThat(site(null, null, null).toString()).contains("abcde12345").doesNotContain("s3cret");
  }
}
