package io.github.kameleoonservlet.internal.targeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptCookiesTest {

  /**
   * The expected values are those that the JavaScript SDK 4.17.1 compared in Chromium for this
   * document.cookie.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "a=1 | a | 1",
        "a= | a | ''",
        "a=1=2=3 | a | 1",
        "a== | a | ''",
        "a=b c | a | b c",
        "a=\"x y\" | a | \"x y\"",
        "a=%20%41 | a | %20%41",
        "a=é | a | é",
        "a=1,b=2 | a | 1,b",
        "a:1=2 | a:1 | 2",
        "__Host-a=1 | __Host-a | 1",
        "__proto__=1 | __proto__ | 1",
        "toString=2 | toString | 2"
      })
  void cookie_ofPage_hasValueComparedByWebSdk(String cookie, String name, String value) {
    assertThat(cookies(cookie)).containsExactly(Map.entry(name, value));
  }

  @Test
  void cookie_otherCase_isOtherCookie() {
    assertThat(cookies("a=1; A=2")).containsOnly(Map.entry("a", "1"), Map.entry("A", "2"));
  }

  @Test
  void cookie_withoutEqualsSignOrName_isMissing() {
    assertThat(cookies("a; =b; ; c=3")).containsExactly(Map.entry("c", "3"));
    assertThat(cookies("a")).isEmpty();
  }

  @Test
  void cookies_withoutBlankBetween_areAllRead() {
    assertThat(cookies("a=1;b=2 ;  c=3;"))
        .containsExactly(Map.entry("a", "1"), Map.entry("b", "2"), Map.entry("c", "3"));
  }

  @Test
  void cookies_sameName_useFirst() {
    assertThat(cookies("a=2; b=3; a=1")).containsExactly(Map.entry("a", "2"), Map.entry("b", "3"));
  }

  @Test
  void cookies_severalHeaderLines_areJoined() {
    assertThat(ScriptCookies.of(List.of("a=1", "", "b=2; a=3"), Set.of()))
        .containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
  }

  @Test
  void cookie_hidden_isMissing() {
    assertThat(ScriptCookies.of(List.of("JSESSIONID=x; jsessionid=y"), Set.of("JSESSIONID")))
        .containsExactly(Map.entry("jsessionid", "y"));
  }

  @Test
  void value_utf8Bytes_hasCharactersOfPage() {
    String bytes =
        new String("Köln€".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

    assertThat(cookies("a=" + bytes)).containsEntry("a", "Köln€");
    assertThat(cookies("a=K\u00f6ln")).as("not UTF-8").containsEntry("a", "K\u00f6ln");
    assertThat(cookies("a=\u00c3\u00b6\u20ac"))
        .as("read as UTF-8 already")
        .containsEntry("a", "\u00c3\u00b6\u20ac");
    assertThat(cookies("a=\u0080")).containsEntry("a", "\u0080");
    assertThat(cookies("a=\u00c3\u00bf\u007f")).containsEntry("a", "\u00ff\u007f");
    assertThat(cookies("a=\u00c3\u00b6\u00ff")).containsEntry("a", "\u00c3\u00b6\u00ff");
  }

  @Test
  void cookies_beyond200_areMissing() {
    StringBuilder header = new StringBuilder("c0=0");
    for (int i = 1; i <= 200; i++) {
      header.append("; c").append(i).append('=').append(i);
    }

    assertThat(cookies(header.toString()))
        .hasSize(200)
        .containsKey("c199")
        .doesNotContainKey("c200");
  }

  @Test
  void cookies_beyond16384Characters_areMissing() {
    String longest = "a=" + "x".repeat(16_384 - 2 - 1);

    assertThat(cookies(longest)).containsKey("a");
    assertThat(cookies(longest + "x")).isEmpty();
    assertThat(cookies("b=1;" + longest)).containsOnlyKeys("b");
    assertThat(ScriptCookies.of(List.of("b=1", longest, "c=1"), Set.of())).containsOnlyKeys("b");
  }

  @Test
  void cookies_modified_throws() {
    assertThatThrownBy(() -> cookies("a=1").put("b", "2"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> cookies("a=" + "x".repeat(20_000)).put("b", "2"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static Map<String, String> cookies(String header) {
    return ScriptCookies.of(List.of(header), Set.of());
  }
}
