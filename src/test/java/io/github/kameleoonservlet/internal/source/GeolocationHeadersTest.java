package io.github.kameleoonservlet.internal.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.internal.targeting.Geolocation;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class GeolocationHeadersTest {

  private final GeolocationHeaders headers =
      new GeolocationHeaders("X-Country", "X-Region", "X-City");
  private final MockHttpServletRequest request = new MockHttpServletRequest();

  @ParameterizedTest
  @CsvSource({
    "FR, France",
    "fr, France",
    "GB, United Kingdom",
    "US, United States",
    "XK, Kosovo",
    "France, France",
    "' Germany ', Germany",
    "C%C3%B4te%20d%27Ivoire, C\u00f4te d'Ivoire"
  })
  void country_codeOrName_isEnglishName(String value, String name) {
    request.addHeader("X-Country", value);

    assertThat(headers.read(request)).isEqualTo(new Geolocation(name, null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "XX",
        "T1",
        "ZZ",
        "EU",
        "A1",
        "",
        "  ",
        "%",
        "%2",
        "%zz",
        "%C3",
        "%00",
        "Fra\u0000nce",
        "Fra\u0085nce",
        "%EF%BF%BD",
        "%EF%BF%BF"
      })
  void country_invalidText_isMissing(String value) {
    request.addHeader("X-Country", value);
    request.addHeader("X-City", "Paris");

    assertThat(headers.read(request)).isNull();
  }

  @Test
  void country_withoutHeader_isMissing() {
    request.addHeader("CF-IPCountry", "FR");

    assertThat(headers.read(request)).isNull();
  }

  @Test
  void regionAndCity_ofCdn_areDecoded() {
    request.addHeader("X-Country", "BR");
    request.addHeader("X-Region", "S%C3%A3o%20Paulo");
    // The container decodes the bytes of UTF-8 as ISO 8859-1.
    byte[] bytes = "S\u00e3o Paulo".getBytes(StandardCharsets.UTF_8);
    request.addHeader("X-City", new String(bytes, StandardCharsets.ISO_8859_1));

    assertThat(headers.read(request))
        .isEqualTo(new Geolocation("Brazil", "S\u00e3o Paulo", "S\u00e3o Paulo"));
  }

  @Test
  void city_inLatin1_isUnchanged() {
    request.addHeader("X-Country", "BR");
    request.addHeader("X-City", "S\u00e3o Paulo");

    assertThat(headers.read(request)).isEqualTo(new Geolocation("Brazil", null, "S\u00e3o Paulo"));
  }

  @Test
  void city_longerThanHundredCharacters_isMissing() {
    request.addHeader("X-Country", "FR");
    request.addHeader("X-Region", "%65".repeat(100));
    request.addHeader("X-City", "a".repeat(101));

    assertThat(headers.read(request)).isEqualTo(new Geolocation("France", "e".repeat(100), null));
  }

  @Test
  void country_eightKilobytes_isMissing() {
    request.addHeader("X-Country", "%C3%A9".repeat(1400));

    assertThat(headers.read(request)).isNull();
  }

  @Test
  void country_severalHeaders_usesFirst() {
    request.addHeader("X-Country", "FR");
    request.addHeader("X-Country", "DE");

    assertThat(headers.read(request)).isEqualTo(new Geolocation("France", null, null));
  }

  @Test
  void regionAndCity_withoutSetting_areMissing() {
    request.addHeader("X-Country", "FR");
    request.addHeader("X-City", "Paris");

    assertThat(new GeolocationHeaders("X-Country", null, null).read(request))
        .isEqualTo(new Geolocation("France", null, null));
  }
}
