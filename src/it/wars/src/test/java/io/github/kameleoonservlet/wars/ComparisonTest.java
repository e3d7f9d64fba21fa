package io.github.kameleoonservlet.wars;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.wars.Comparison.Answers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static final Header COOKIE =
      new Header(
          "Set-Cookie",
          "kameleoonVisitorCode=abcdefgh12345678; Path=/; Max-Age=32832000; SameSite=Lax");
  private static final Header PRIVATE = new Header("Cache-Control", "private");

  private final Comparison comparison = new Comparison();

  @Test
  void page_withCookieAndPrivate_isEqual() {
    assertThat(differences(page("a"), page("a"), page("a", COOKIE, PRIVATE))).isEmpty();
  }

  @Test
  void page_withTwoVisitorCookies_differs() {
    assertThat(differences(page("a"), page("a"), page("a", COOKIE, COOKIE, PRIVATE))).isNotEmpty();
  }

  @Test
  void page_withOtherHeader_differs() {
    assertThat(differences(page("a"), page("a"), page("a", new Header("Vary", "Cookie"))))
        .isNotEmpty();
  }

  @Test
  void page_withCookieThatScriptsCannotRead_differs() {
    Header cookie = new Header("Set-Cookie", COOKIE.value() + "; HttpOnly");
    assertThat(differences(page("a"), page("a"), page("a", cookie))).isNotEmpty();
  }

  @Test
  void page_withOtherByte_differs() {
    assertThat(differences(page("the same text"), page("the same text"), page("the same test")))
        .isNotEmpty();
  }

  @Test
  void value_thatDiffersWithoutFilter_isMasked() {
    assertThat(
            differences(
                page("the session is 17"), page("the session is 23"), page("the session is 99")))
        .isEmpty();
  }

  @Test
  void text_besideMaskedValue_isCompared() {
    assertThat(
            differences(
                page("the session is 17"), page("the session is 23"), page("the visitor is 99")))
        .isNotEmpty();
  }

  @Test
  void line_thatOnlyFilteredPageHas_differs() {
    assertThat(differences(page("a\nb"), page("a\nb"), page("a\nb\nc"))).isNotEmpty();
  }

  private List<String> differences(Answer plain, Answer plainAgain, Answer filtered) {
    comparison.learn(plain, plainAgain);
    return comparison.differences(new Answers(plain, plainAgain, filtered), "/");
  }

  private static Answer page(String text, Header... more) {
    List<Header> headers = new ArrayList<>(List.of(more));
    headers.add(new Header("Content-Type", "text/html"));
    return new Answer("HTTP/1.1 200 ", headers, text.getBytes(StandardCharsets.UTF_8));
  }
}
