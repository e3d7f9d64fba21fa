package io.github.kameleoonservlet.internal.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kameleoonservlet.internal.statistics.PreviewCounts.Cause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the signed texts of links and cookies. */
class PreviewTokensTest {

  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final PreviewTokens tokens = at(NOW);

  private static PreviewTokens at(Instant now) {
    return new PreviewTokens(SECRET, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Cause refusal(String value) {
    return catchThrowableOfType(
            RefusedPreviewException.class, () -> at(NOW).readLink(value, "shop.example"))
        .cause();
  }

  @Test
  void link_read_hasFeatureVariationAndEnd() throws Exception {
    String link = tokens.link("Shop.Example", "spring-offer", "Variation Ä", DAY);

    assertThat(link).matches("1\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{43}");
    assertThat(tokens.readLink(link, "sHop.example"))
        .isEqualTo(
            new PreviewedFeature(
                "spring-offer", "Variation Ä", NOW.plusSeconds(86_400).getEpochSecond()));
  }

  @Test
  void form_ofOneBrowser_isAcceptedForTwelveHours() {
    String form = tokens.form("browser-1");

    assertThat(tokens.isForm(form, "browser-1")).isTrue();
    assertThat(tokens.isForm(form, "browser-2")).isFalse();
    assertThat(tokens.isForm(form + "x", "browser-1")).isFalse();
    assertThat(tokens.isForm("1." + "x".repeat(400) + ".y", "browser-1")).isFalse();
    assertThat(at(NOW.plus(Duration.ofHours(12).minusSeconds(1))).isForm(form, "browser-1"))
        .isTrue();
    assertThat(at(NOW.plus(Duration.ofHours(12))).isForm(form, "browser-1")).isFalse();
  }

  @Test
  void form_isNoLinkAndNoCookie() {
    assertThat(refusal(tokens.form("shop.example"))).isEqualTo(Cause.FORGED);
    assertThat(tokens.isForm(tokens.link("browser-1", "a", "b", DAY), "browser-1")).isFalse();
  }

  @Test
  void link_ofSameContent_isTheSameTextOnAllServers() {
    assertThat(new SignedText(SECRET, "preview link").write("shop.example\n1\na\nb"))
        .isEqualTo(new SignedText(SECRET, "preview link").write("shop.example\n1\na\nb"))
        .startsWith("1.c2hvcC5leGFtcGxlCjEKYQpi.");
  }

  @Test
  void link_eachCharacterChanged_isForged() {
    String link = tokens.link("shop.example", "spring-offer", "treatment", DAY);
    for (int i = 0; i < link.length(); i++) {
      for (char other : new char[] {'A', 'B', '.', '=', ' ', '1'}) {
        if (link.charAt(i) != other) {
          String forged = link.substring(0, i) + other + link.substring(i + 1);
          assertThat(refusal(forged)).as(forged).isEqualTo(Cause.FORGED);
        }
      }
    }
  }

  @Test
  void link_cutOrExtended_isForged() {
    String link = tokens.link("shop.example", "spring-offer", "treatment", DAY);
    for (int i = 0; i < link.length(); i++) {
      assertThat(refusal(link.substring(0, i))).isEqualTo(Cause.FORGED);
      assertThat(refusal(link.substring(i + 1))).isEqualTo(Cause.FORGED);
    }
    assertThat(refusal(link + "A")).isEqualTo(Cause.FORGED);
    assertThat(refusal(link + "=")).isEqualTo(Cause.FORGED);
    assertThat(refusal("2" + link.substring(1))).isEqualTo(Cause.FORGED);
  }

  @Property(tries = 500)
  void randomText_isForgedOrOversized(@ForAll String text) {
    assertThat(refusal(text)).isIn(Cause.FORGED, Cause.OVERSIZED);
    assertThat(refusal("1." + text)).isIn(Cause.FORGED, Cause.OVERSIZED);
  }

  @Property(tries = 500)
  void anyAllowedKeys_ofLink_areRead(
      @ForAll @StringLength(min = 1, max = PreviewTokens.MAX_KEY) String feature,
      @ForAll @StringLength(min = 1, max = PreviewTokens.MAX_KEY) String variation)
      throws Exception {
    boolean allowed = isAllowed(feature) && isAllowed(variation);
    if (!allowed) {
      assertThatThrownBy(() -> tokens.link("shop.example", feature, variation, DAY))
          .isInstanceOf(IllegalArgumentException.class);
      return;
    }
    PreviewedFeature read =
        tokens.readLink(tokens.link("shop.example", feature, variation, DAY), "shop.example");

    if (!hasLoneSurrogate(feature + "\n" + variation)) {
      assertThat(read.featureKey()).isEqualTo(feature);
      assertThat(read.variationKey()).isEqualTo(variation);
    }
  }

  private static boolean isAllowed(String key) {
    return !key.isBlank() && key.chars().noneMatch(Character::isISOControl);
  }

  private static boolean hasLoneSurrogate(String text) {
    return text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  @Property(tries = 100)
  void cookie_ofAnyFeatures_isShortAndKeepsTheNewest(@ForAll @IntRange(min = 1, max = 40) int count)
      throws Exception {
    List<PreviewedFeature> features = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      features.add(new PreviewedFeature("f" + i, "v", NOW.getEpochSecond() + 1));
    }

    List<PreviewedFeature> read =
        tokens.readCookie(tokens.cookie("shop.example", features), "shop.example");

    assertThat(read).isEqualTo(features.subList(Math.max(0, count - 20), count));
  }

  @Test
  void cookie_ofLongKeys_dropsOldestUntilItFits() throws Exception {
    List<PreviewedFeature> features = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      features.add(new PreviewedFeature(i + "\u20ac".repeat(190), "v", NOW.getEpochSecond() + 1));
    }

    String cookie = tokens.cookie("shop.example", features);

    assertThat(cookie.length()).isBetween(2_800, PreviewTokens.MAX_COOKIE);
    assertThat(tokens.readCookie(cookie, "shop.example")).isEqualTo(features.subList(16, 20));
  }

  @Test
  void cookie_someFeaturesEnded_hasTheOthers() throws Exception {
    PreviewedFeature ended = new PreviewedFeature("a", "on", NOW.getEpochSecond());
    PreviewedFeature lasting = new PreviewedFeature("b", "on", NOW.getEpochSecond() + 1);
    String cookie = tokens.cookie("shop.example", List.of(ended, lasting));

    assertThat(tokens.readCookie(cookie, "shop.example")).containsExactly(lasting);
    assertThatThrownBy(() -> at(NOW.plusSeconds(1)).readCookie(cookie, "shop.example"))
        .isInstanceOf(RefusedPreviewException.class)
        .hasMessage("EXPIRED");
  }

  @Test
  void link_atItsEnd_isExpired() {
    String link = tokens.link("shop.example", "a", "b", Duration.ofSeconds(60));

    assertThatThrownBy(() -> at(NOW.plusSeconds(60)).readLink(link, "shop.example"))
        .hasMessage("EXPIRED");
  }

  @Test
  void link_ofOtherHost_isRefused() {
    assertThat(refusal(tokens.link("other.example", "a", "b", DAY))).isEqualTo(Cause.OTHER_HOST);
    assertThat(refusal(tokens.link("shop.example.org", "a", "b", DAY))).isEqualTo(Cause.OTHER_HOST);
  }

  @Test
  void link_ofLongestKeys_isRead() throws Exception {
    String key = "\u20ac".repeat(PreviewTokens.MAX_KEY);
    String host = "h".repeat(253);
    String link = tokens.link(host, key, key, DAY);

    assertThat(tokens.readLink(link, host).featureKey()).isEqualTo(key);
  }

  @Test
  void lengths_beyondLimit_areRefusedBeforeAnyWork() {
    assertThat(refusal("x".repeat(PreviewTokens.MAX_LINK))).isEqualTo(Cause.FORGED);
    assertThat(refusal("x".repeat(PreviewTokens.MAX_LINK + 1))).isEqualTo(Cause.OVERSIZED);
    assertThatThrownBy(
            () -> tokens.readCookie("x".repeat(PreviewTokens.MAX_COOKIE + 1), "shop.example"))
        .hasMessage("OVERSIZED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a\u0000", "a\u0085"})
  void key_notAllowed_isRefused(String key) {
    assertThatThrownBy(() -> tokens.link("shop.example", key, "b", DAY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("feature", "1 to 200 characters");
    assertThatThrownBy(() -> tokens.link("shop.example", "a", key, DAY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("variation", "no control character");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"shop.example\n9999999999\nsecret-feature\non", "shop\u0000", "shop\u0085"})
  void host_withControlCharacter_isRefused(String host) {
    assertThatThrownBy(() -> tokens.link(host, "a", "b", DAY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the host must have no control character");
  }

  @Test
  void key_tooLong_isRefused() {
    assertThatThrownBy(
            () -> tokens.link("shop.example", "a".repeat(PreviewTokens.MAX_KEY + 1), "b", DAY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusal_hasNoStackTrace() {
    assertThat(new RefusedPreviewException(Cause.FORGED).getStackTrace()).isEmpty();
  }
}
