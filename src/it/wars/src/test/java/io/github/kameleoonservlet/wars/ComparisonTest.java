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
  void signedValue_thatDiffersWithoutFilter_isMasked() {
    assertThat(
            differences(
                page("the window is=-1a"), page("the window is=-2b"), page("the window is=3c")))
        .isEmpty();
  }

  @Test
  void bytesInBase64_thatDifferWithoutFilter_areMasked() {
    assertThat(
            differences(
                page("<style nonce='D2hRr/Q5nJvicZZkTyjLAg=='>"),
                page("<style nonce='AxQx80OvzSgcP5Fntvdf2g=='>"),
                page("<style nonce='+PMWYV+BoftMe0RYaIdidw=='>")))
        .isEmpty();
  }

  @Test
  void bytesInBase64OfUrls_thatDifferWithoutFilter_areMasked() {
    assertThat(
            differences(
                page("<script nonce='Ihs1zdeQxb6uZB3Qrv8ExKgf'>"),
                page("<script nonce='u6x1zdeQrv8ExKgfxb6uZB3Q'>"),
                page("<script nonce='9-_Yxr9IrnPsU-grqrkb-Fow'>")))
        .isEmpty();
  }

  @Test
  void randomValues_withEqualBeginningAndEnd_areMasked() {
    assertThat(
            differences(
                page("<link media='screen' nonce='aqcIickDMKFny-fdh8mrj-NV' />"),
                page("<link media='screen' nonce='aYn9DFaTUNGuqAKGE96Jo-NV' />"),
                page("<link media='screen' nonce='iYn9DFaTUNGuq_AKGE96JoBF' />")))
        .isEmpty();
  }

  @Test
  void dateOfAnswer_inOtherField_isEqual() {
    Answer first = dated("Sun, 29 Nov 2026 16:55:53 GMT", "Sun, 29 Nov 2026 16:55:53 GMT");
    Answer later = dated("Sun, 29 Nov 2026 16:55:55 GMT", "Sun, 29 Nov 2026 16:55:54 GMT");
    assertThat(differences(first, first, later)).isEmpty();
  }

  @Test
  void otherDate_inOtherField_differs() {
    Answer first = dated("Sun, 29 Nov 2026 16:55:53 GMT", "Sun, 29 Nov 2026 16:55:53 GMT");
    Answer old = dated("Sun, 29 Nov 2026 16:55:53 GMT", "Thu, 01 Jan 1970 00:00:00 GMT");
    assertThat(differences(first, first, old)).hasSize(1);
  }

  private static Answer dated(String date, String modified) {
    return page("a", new Header("Date", date), new Header("Last-Modified", modified));
  }

  @Test
  void length_ofMaskedValue_isMasked() {
    assertThat(
            differences(
                page("the session is 17", length(17)),
                page("the session is 23", length(17)),
                page("the session is 9", length(16))))
        .isEmpty();
  }

  @Test
  void length_ofEqualPage_isCompared() {
    assertThat(differences(page("a", length(1)), page("a", length(1)), page("a", length(2))))
        .isNotEmpty();
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

  @Test
  void status_besideFieldOfOnePlainPageOnly_isCompared() {
    Answer error = new Answer("HTTP/1.1 500 ", page("a").headers(), page("a").body());
    assertThat(differences(page("a", new Header("X-Turn", "1")), page("a"), error)).hasSize(1);
  }

  @Test
  void field_ofOnePlainPageOnly_isEqual() {
    Header turn = new Header("X-Turn", "1");
    assertThat(differences(page("a", turn), page("a"), page("a"))).isEmpty();
    assertThat(differences(page("a"), page("a", turn), page("a"))).isEmpty();
  }

  @Test
  void page_withTwoLinesOfCacheControl_isEqual() {
    Header age = new Header("Cache-Control", "max-age=1");
    assertThat(
            differences(page("a", PRIVATE, age), page("a", PRIVATE, age), page("a", PRIVATE, age)))
        .isEmpty();
    assertThat(differences(page("a", PRIVATE, age), page("a", PRIVATE, age), page("a", PRIVATE)))
        .isNotEmpty();
  }

  private List<String> differences(Answer plain, Answer plainAgain, Answer filtered) {
    comparison.learn(plain, plainAgain);
    return comparison.differences(new Answers(plain, plainAgain, filtered), "/");
  }

  private static Header length(int length) {
    return new Header("Content-Length", String.valueOf(length));
  }

  private static Answer page(String text, Header... more) {
    List<Header> headers = new ArrayList<>(List.of(more));
    headers.add(new Header("Content-Type", "text/html"));
    return new Answer("HTTP/1.1 200 ", headers, text.getBytes(StandardCharsets.UTF_8));
  }
}
