package io.github.kameleoonservlet.internal.preview;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.internal.preview.SimulationCookie.Simulated;
import java.net.URLEncoder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationCookieTest {

  /** Returns a text as {@code encodeURIComponent} encodes it. */
  private static String encoded(String json) {
    return URLEncoder.encode(json, UTF_8).replace("+", "%20");
  }

  @Test
  void cookie_ofPanel_isRead() throws Exception {
    assertThat(
            SimulationCookie.read(
                encoded(
                    "{\"spring-offer\":{\"expId\":10,\"varId\":20}, \"Größe + 1\" : {"
                        + " \"expId\" : 0 } }")))
        .containsExactly(
            org.assertj.core.api.Assertions.entry("spring-offer", new Simulated(10, 20)),
            org.assertj.core.api.Assertions.entry("Größe + 1", new Simulated(0, 0)));
  }

  @Test
  void cookie_notEncoded_isRead() throws Exception {
    assertThat(SimulationCookie.read("{\"a+b\":{\"expId\":10,\"varId\":20}}")).containsKey("a+b");
  }

  @Test
  void cookie_withoutFeatures_isEmpty() throws Exception {
    assertThat(SimulationCookie.read(" { } ")).isEmpty();
  }

  @Test
  void ids_besideOtherFields_areRead() throws Exception {
    assertThat(
            SimulationCookie.read(
                "{\"a\":{\"name\":\"x y\",\"on\":true,\"off\":false,\"no\":null,\"share\":0.5,"
                    + "\"big\":12345678901,\"exp\":1e3,\"varId\":2,\"expId\":1}}"))
        .containsValue(new Simulated(1, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "null",
        "[]",
        "{",
        "}",
        "{}x",
        "{}{}",
        "{\"a\"}",
        "{\"a\":1}",
        "{\"a\":null}",
        "{\"a\":{}}",
        "{\"a\":{\"expId\":1}",
        "{\"a\":{\"expId\":1},}",
        "{\"a\":{\"expId\":1,}}",
        "{\"a\":{\"varId\":1}}",
        "{\"a\":{\"expId\":\"1\"}}",
        "{\"a\":{\"expId\":1.5}}",
        "{\"a\":{\"expId\":12345678901}}",
        "{\"a\":{\"expId\":{\"expId\":1}}}",
        "{\"a\":{\"expId\":[1]}}",
        "{\"a\":{\"b\":{},\"expId\":1}}",
        "{\"a\":{\"expId\":1},\"a\":{\"expId\":2}}",
        "{\"a\\n\":{\"expId\":1}}",
        "{a:{\"expId\":1}}",
        "{'a':{'expId':1}}",
        "%7B%",
        "%7B%2",
        "%zz"
      })
  void text_ofOtherForm_isMalformed(String text) {
    assertThatThrownBy(() -> SimulationCookie.read(text)).hasMessage("SIMULATION_MALFORMED");
  }

  @Test
  void text_deep_isMalformed() {
    String deep = "{\"a\":".repeat(800);
    assertThat(deep.length()).isLessThan(SimulationCookie.MAX_LENGTH);
    assertThatThrownBy(() -> SimulationCookie.read(deep)).hasMessage("SIMULATION_MALFORMED");
    assertThatThrownBy(() -> SimulationCookie.read("{\"" + "\\n".repeat(2_000) + "\""))
        .hasMessage("SIMULATION_MALFORMED");
  }

  @Test
  void text_tooLong_isOversized() {
    String blanks = " ".repeat(SimulationCookie.MAX_LENGTH - 2);
    assertThatThrownBy(() -> SimulationCookie.read("{" + blanks + " }")).hasMessage("OVERSIZED");
  }

  @Test
  void text_ofMaximumLength_isRead() throws Exception {
    String blanks = " ".repeat(SimulationCookie.MAX_LENGTH - 2);
    assertThat(SimulationCookie.read("{" + blanks + "}")).isEmpty();
  }

  private static String features(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"f" + i + "\":{\"expId\":1}")
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Test
  void features_asManyAsAllowed_areRead() throws Exception {
    assertThat(SimulationCookie.read(features(20))).hasSize(20);
    assertThatThrownBy(() -> SimulationCookie.read(features(21))).hasMessage("OVERSIZED");
  }

  @Property(tries = 1_000)
  void randomText_isReadOrRefused(@ForAll String text) {
    try {
      assertThat(SimulationCookie.read(text)).hasSizeLessThanOrEqualTo(20);
    } catch (RefusedPreviewException e) {
      assertThat(e.cause()).isNotNull();
    }
  }
}
