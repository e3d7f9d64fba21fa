package io.github.kameleoonservlet.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.servlet.KameleoonVisitorFilter;
import io.github.kameleoonservlet.servlet.TestShop;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class DroppedCodesTest {

  private final RecordedLog log = new RecordedLog(Level.WARN);
  private final DroppedCodes dropped = new DroppedCodes();

  @AfterEach
  void close() {
    log.close();
  }

  private void requests(int count, IntFunction<String> cookie) {
    for (int i = 0; i < count; i++) {
      MockHttpServletRequest request = new MockHttpServletRequest();
      request.setRemoteAddr("10.0.0." + i % 7);
      request.addHeader("Cookie", "kameleoonVisitorCode=" + cookie.apply(i));
      dropped.note(new IncomingRequest(request, null, false));
    }
  }

  @Test
  void paddedBase64_twentyBrowsers_logOneWarnWithCountsAndWithoutCodes() {
    requests(DroppedCodes.ENOUGH - 5, i -> "c2VjcmV0LWNvZGUt" + i + "==");
    requests(1_000, i -> "valid-" + i);
    assertThat(log.complaints()).isEmpty();

    requests(5, i -> String.valueOf(i).repeat(128));
    requests(1_000, i -> "c2VjcmV0LWNvZGU" + i + "==");
    assertThat(log.complaints())
        .singleElement()
        .asString()
        .contains("20 browsers", "5 longer than 100", "15 with other characters", "7 address(es)")
        .contains("Codes")
        .doesNotContain("c2VjcmV0", "10.0.0");
  }

  @Test
  void browser_alsoSendsValidCode_keepsItAndDoesNotCount() {
    requests(2 * DroppedCodes.ENOUGH, i -> "c2VjcmV0" + i + "==; kameleoonVisitorCode=valid-" + i);

    assertThat(log.complaints()).isEmpty();
  }

  @Test
  void oneBrowser_manyRequests_countsOnce() {
    requests(1_000, i -> "YWJjZA==");

    assertThat(log.complaints()).isEmpty();
  }

  @Test
  void oneRequest_withManyCodes_countsOnce() {
    StringBuilder many = new StringBuilder("YWJjZA==");
    for (int i = 0; i < 200; i++) {
      many.append("; kameleoonVisitorCode=YWJjZA==").append(i);
    }
    requests(1, i -> many.toString());

    assertThat(log.complaints()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "undefined",
        "NaN",
        "_js_",
        "",
        "<script>alert(1)</script>",
        "\u00e9t\u00e9",
        "a b",
        "a\\b",
        "${jndi}}}}}}}}}}}",
        "'--"
      })
  void texts_notWrittenBySdk_doNotCount(String text) {
    requests(1_000, i -> text + (text.length() > 3 && !text.matches("[A-Za-z_]+") ? i : ""));

    assertThat(log.complaints()).isEmpty();
  }

  @Test
  void words_withScriptPrefixes_doNotCount() {
    String[] words = {"null", "undefined", "NaN", "true", "false"};
    requests(15 * words.length, i -> "_js_".repeat(i / words.length) + words[i % words.length]);

    assertThat(log.complaints()).isEmpty();
  }

  @Test
  void code_halfDigits_countsAndFewerDoNot() {
    requests(DroppedCodes.ENOUGH, i -> (10 + i) + "===");
    assertThat(log.complaints()).isEmpty();

    requests(DroppedCodes.ENOUGH, i -> (10 + i) + "==");
    assertThat(log.complaints()).hasSize(1);
  }

  @Test
  void code_hundredCharacters_isAccepted() {
    requests(DroppedCodes.ENOUGH, i -> (10 + i) + "x".repeat(97) + "=");

    assertThat(log.complaints()).singleElement().asString().contains(": 0 longer than 100");
  }

  @Test
  void code_longerThan255Characters_doesNotCount() {
    requests(1_000, i -> i + "x".repeat(256));

    assertThat(log.complaints()).isEmpty();
  }

  @Test
  void pages_withUnacceptedCodes_areCountedByFilter() {
    TestShop shop = new TestShop();
    KameleoonVisitorFilter filter = shop.filter();
    for (int i = 0; i < DroppedCodes.ENOUGH; i++) {
      TestShop.Browser browser = shop.new Browser();
      browser.cookies.put(RequestCookies.VISITOR_CODE, "YWJjZA==" + i);
      browser.send(filter, browser.navigation(), (request, response) -> {});
    }

    assertThat(log.complaints()).singleElement().asString().contains("20 browsers");
  }
}
