package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.VisitorService;
import io.github.kameleoonservlet.internal.http.Origin;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the links of {@link VisitorService#previewLink}. */
class PreviewLinkTest {

  private static final String SECRET = "a secret of the tests, 32 or more";

  private final TestShop shop = new TestShop();

  private String link(String url) {
    shop.previewSecret = SECRET;
    return shop.service().previewLink(url, "banner", "on", Duration.ofHours(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://shop.example          | https://shop.example/?kameleoonPreview=T",
        "https://shop.example/         | https://shop.example/?kameleoonPreview=T",
        "http://shop.example:8080/a/b; | http://shop.example:8080/a/b;?kameleoonPreview=T",
        "https://shop.example/a?b=c    | https://shop.example/a?b=c&kameleoonPreview=T",
        "https://shop.example/a?       | https://shop.example/a?kameleoonPreview=T",
        "https://shop.example?b        | https://shop.example/?b&kameleoonPreview=T",
        "https://shop.example/a#x?y    | https://shop.example/a?kameleoonPreview=T#x?y",
        "http://[::1]:80/a?b=c#d       | http://[::1]:80/a?b=c&kameleoonPreview=T#d",
        "https://s.example/?kameleoonPreview=end&a=b | https://s.example/?a=b&kameleoonPreview=T"
      })
  void url_ofPage_getsParameter(String url, String expected) {
    assertThat(link(url).replaceAll("1\\.[\\w-]+\\.[\\w-]{43}", "T")).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/shop",
        "shop.example",
        "//shop.example/",
        "ftp://shop.example/",
        "javascript:alert(1)",
        "https://",
        "https://user@shop.example/",
        "https://shop.example:port/",
        "https:///a"
      })
  void url_ofOtherForm_isRefused(String url) {
    assertThatThrownBy(() -> link(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must begin with http:// or https:// and a host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://shop.example\n9999999999\nsecret-feature\non:80/x",
        "https://shop.example\r/",
        "https://shop.example/\u0000",
        "https://shop.example/a b",
        "https://shop.example/\u007f",
        "https://shop.example/\"",
        "https://shop.example/?a=<b",
        "https://shop.example/#a>",
        "https://shop.example\\a"
      })
  void url_withCharacterThatBrowsersEscape_isRefused(String url) {
    assertThatThrownBy(() -> link(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have no space, no control character");
  }

  @Test
  void url_withLettersOfOtherScripts_isAllowed() {
    assertThat(link("https://shop.example/!~k\u00e4se"))
        .startsWith("https://shop.example/!~k\u00e4se?");
  }

  @Test
  void url_ofOtherHostThanPublicOrigin_isRefused() {
    shop.publicOrigin = Origin.parse("https://shop.example");

    assertThat(link("https://SHOP.example/a")).startsWith("https://SHOP.example/a?");
    assertThatThrownBy(() -> link("https://other.example/"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("publicOrigin", "shop.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT59.999S", "-PT1H", "PT168H0.001S", "P36500000D"})
  void duration_notAllowed_isRefused(Duration duration) {
    shop.previewSecret = SECRET;
    assertThatThrownBy(
            () -> shop.service().previewLink("http://localhost/", "banner", "on", duration))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from one minute to seven days");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1M", "P7D"})
  void duration_atItsBound_isAllowed(Duration duration) {
    shop.previewSecret = SECRET;
    assertThat(shop.service().previewLink("http://localhost/", "banner", "on", duration))
        .isNotEmpty();
  }

  @Test
  void feature_notInDataFile_isRefusedWithTheFeatures() {
    shop.previewSecret = SECRET;
    shop.decisions.features = Set.of("banner", "offer");

    assertThatThrownBy(() -> shop.service().previewLink("http://a/", "nosuch", "on", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its features are banner, offer");
    assertThatThrownBy(() -> shop.service().previewLink("http://a/", "banner", "nosuch", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("banner", "its variations are off");
  }

  @Test
  void feature_beforeDataFile_isAllowed() {
    shop.previewSecret = SECRET;
    shop.decisions.features = Set.of();

    assertThat(shop.service().previewLink("http://a/", "later", "on", null)).isNotEmpty();
  }

  @Test
  void secret_notSet_isNamed() {
    assertThatThrownBy(() -> shop.service().previewLink("http://a/", "banner", "on", null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("previewSecret");
    assertThatThrownBy(() -> shop.service().previewLink("banner", "on", null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("previewSecret");
  }

  @Test
  void publicOrigin_notSet_isNamed() {
    shop.previewSecret = SECRET;
    assertThatThrownBy(() -> shop.service().previewLink("banner", "on", null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("publicOrigin");
  }
}
