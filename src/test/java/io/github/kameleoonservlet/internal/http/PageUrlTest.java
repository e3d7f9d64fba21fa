package io.github.kameleoonservlet.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageUrlTest {

  private static final Origin SHOP = new Origin("https", "shop.example", 443);

  private static String url(String path, String query) {
    return PageUrl.of(SHOP, new AskedUrl(path, query), "SID");
  }

  // ---- the URL of a request

  @ParameterizedTest
  @CsvSource({
    "https, shop.example, 443,   https://shop.example/a",
    "http,  shop.example, 80,    http://shop.example/a",
    "http,  shop.example, 443,   http://shop.example:443/a",
    "https, shop.example, 8443,  https://shop.example:8443/a",
    "http,  ::1,          8080,  'http://[::1]:8080/a'",
    "http,  under_score,  80,    http://under_score/a",
    "http,  shop.example, -1,    http://shop.example/a",
    "http,  'no host',    80,    ",
    "http,  '',           80,    "
  })
  void url_defaultPort_isWrittenWithoutPort(String scheme, String host, int port, String url) {
    Origin origin = new Origin(scheme, host, port);

    assertThat(PageUrl.of(origin, new AskedUrl("/a", null), "SID")).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "/caf%C3%A9/100%25, x=%2F+y, /caf%C3%A9/100%25?x=%2F+y",
        "/caf\u00e9, , /caf%C3%A9",
        "/caf\u00c3\u00a9, , /caf%C3%A9",
        "/\u65e5, q=\u65e5, /%E6%97%A5?q=%E6%97%A5",
        "/a\"<>'b, q=\"<>'b, /a%22%3C%3E'b?q=%22%3C%3E%27b",
        "/a#b?c, d#e?f, /a%23b%3Fc?d%23e?f",
        "/{x}, {x}=[1]|^, /%7Bx%7D?{x}=[1]|^",
        "/100%, a=%zz, /100%?a=%zz",
        "/a//b/../c, , /a//b/../c",
        "/a, ``, /a?"
      })
  void url_specialCharacters_areWrittenAsByBrowser(String path, String query, String url) {
    assertThat(url(path, query)).isEqualTo("https://shop.example" + url);
  }

  @ParameterizedTest
  @CsvSource({
    "/cart;jsessionid=0A1B.node1, /cart",
    "/cart;JSESSIONID=0A1B/items, /cart/items",
    "/cart;SID=0A1B;v=1, /cart;v=1",
    "/cart;v=1;jsessionid=0A1B, /cart;v=1",
    "/cart;sid=1, /cart;sid=1",
    "/cart;jsessionids=1, /cart;jsessionids=1",
    "/;jsessionid=1, /"
  })
  void url_sessionIdInPath_isRemoved(String path, String without) {
    assertThat(url(path, "a;jsessionid=2"))
        .isEqualTo("https://shop.example" + without + "?a;jsessionid=2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "http://elsewhere/a"})
  void url_invalidPath_isMissing(String path) {
    assertThat(url(path, null)).isNull();
    assertThat(url(null, null)).isNull();
  }

  @Test
  void url_longerThanMaximum_isMissing() {
    String origin = "https://shop.example";
    String longest = "/" + "a".repeat(PageUrl.MAX_LENGTH - origin.length() - 1);

    assertThat(url(longest, null)).hasSize(PageUrl.MAX_LENGTH);
    assertThat(url(longest + "a", null)).isNull();
    assertThat(url("/", "a".repeat(9000))).isNull();
    assertThat(url("/" + "\u65e5".repeat(1000), null)).as("escaped it is too long").isNull();
  }

  // ---- the URL that a browser sends

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "https://shop.example/a?b=c#d, https://shop.example/a?b=c",
        "HTTPS://SHOP.example:443/A, https://shop.example/A",
        "https://shop.example, https://shop.example/",
        "https://shop.example?a=b, https://shop.example/?a=b",
        "https://shop.example/a;jsessionid=1?b, https://shop.example/a?b",
        "http://[::1]:8080/a, http://[::1]:8080/a",
        "https://shop.example/{a}|'%zz, https://shop.example/{a}|'%zz",
        "https://shop.example/a?, https://shop.example/a?"
      })
  void parse_urlOfBrowser_returnsNormalizedUrl(String text, String url) {
    assertThat(PageUrl.parse(text, "SID")).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/a",
        "about:blank",
        "android-app://shop.example/",
        "javascript://shop.example/%0a",
        "https://",
        "https:///a",
        "https://user:secret@shop.example/",
        "https://shop.example:123456/",
        "https://shop.example:x/",
        "https://shop.example/a b",
        "https://shop.example/<a>",
        "https://shop.example/caf\u00e9",
        "https://shop.example\\@elsewhere/",
        "https://shop.example/\u0000",
        " https://shop.example/"
      })
  void parse_invalidText_returnsNull(String text) {
    assertThat(PageUrl.parse(text, "SID")).isNull();
  }

  @Test
  void parse_longerThanMaximum_returnsNull() {
    String longest = "https://shop.example/" + "a".repeat(PageUrl.MAX_LENGTH - 21);

    assertThat(PageUrl.parse(longest, "SID")).isEqualTo(longest);
    assertThat(PageUrl.parse(longest + "a", "SID")).isNull();
  }
}
