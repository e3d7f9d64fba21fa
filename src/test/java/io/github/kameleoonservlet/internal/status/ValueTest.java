package io.github.kameleoonservlet.internal.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ValueTest {

  private static final Instant NOW = Instant.parse("2026-11-29T10:00:00.5Z");

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(null, "&#x2013;", "null"),
        Arguments.of(List.of(), "&#x2013;", "[]"),
        Arguments.of("<a>", "&lt;a&gt;", "\"<a>\""),
        Arguments.of(1234567L, "1,234,567", "1234567"),
        Arguments.of(12, "12", "12"),
        Arguments.of(true, "yes", "true"),
        Arguments.of(false, "no", "false"),
        Arguments.of(new Value.Share(0.125), "12.5 %", "0.125"),
        Arguments.of(List.of("a", "b"), "a, b", "[\"a\",\"b\"]"),
        Arguments.of(new Value.Code("k"), "<code>k</code>", "\"k\""),
        Arguments.of(
            List.of(new Value.Code("k"), new Value.Code("l")),
            "<code>k</code>, <code>l</code>",
            "[\"k\",\"l\"]"),
        Arguments.of(Value.good("UP"), "<span class=\"mark good\">UP</span>", "\"UP\""),
        Arguments.of(Value.neutral("?"), "<span class=\"mark neutral\">?</span>", "\"?\""),
        Arguments.of(Value.bad("DOWN"), "<span class=\"mark bad\">DOWN</span>", "\"DOWN\""),
        Arguments.of(
            Instant.parse("2026-11-29T09:59:50.25Z"),
            "<time datetime=\"2026-11-29T09:59:50Z\">2026-11-29 09:59:50 UTC</time> (10 s ago)",
            "\"2026-11-29T09:59:50.250Z\""));
  }

  @ParameterizedTest
  @MethodSource("values")
  void value_ofEachKind_hasHtmlAndJson(Object value, String html, String json) {
    Html page = new Html();
    Value.write(page, value, NOW);

    assertThat(page).hasToString(html);
    assertThat(Value.json(value)).hasToString(json);
  }

  @ParameterizedTest
  @CsvSource({
    "1200000, 1.2 ms",
    "999949999, 999.9 ms",
    "1000000000, 1 s",
    "119999999999, 119 s",
    "120000000000, 2 min",
    "7199000000000, 119 min",
    "7200000000000, 2 h",
    "172799000000000, 47 h",
    "172800000000000, 2 days"
  })
  void duration_anyLength_hasOneUnit(long nanos, String text) {
    Html page = new Html();
    Value.write(page, Duration.ofNanos(nanos), NOW);

    assertThat(page).hasToString(text);
  }

  @Test
  void duration_inJson_isSeconds() {
    assertThat(Value.json(Duration.ofMillis(1250))).hasToString("1.25");
  }

  @Test
  void instant_nowOrLater_isNamedSo() {
    Html page = new Html();
    Value.write(page, NOW, NOW);
    Value.write(page, NOW.plusSeconds(5), NOW);

    assertThat(page.toString()).contains("(now)", "(in 5 s)");
  }
}
