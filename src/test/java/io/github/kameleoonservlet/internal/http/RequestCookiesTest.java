package io.github.kameleoonservlet.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.kameleoonservlet.identity.VisitorCode;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletRequest;

class RequestCookiesTest {

  static Stream<Arguments> headers() {
    String name = "kameleoonVisitorCode";
    return Stream.of(
        arguments("", List.of()),
        arguments(name, List.of()),
        arguments(name + "=", List.of()),
        arguments("=", List.of()),
        arguments("=" + name, List.of()),
        arguments(";;;" + name + "=abc;;", List.of("abc")),
        arguments(name + "=abc", List.of("abc")),
        arguments("a=b; " + name + "=abc; c=d", List.of("abc")),
        arguments("a=b;" + name + " = abc ;c=d", List.of("abc")),
        arguments(name + "=\"abc\"", List.of("abc")),
        arguments(name + "=\"", List.of()),
        arguments(name + "=\"\"abc\"\"", List.of()),
        arguments(name + "=auth0|5f7c8ec7", List.of("auth0|5f7c8ec7")),
        arguments(name + "=b64/with+signs; " + name + "=b64/pad+==", List.of("b64/with+signs")),
        arguments(name + "=a=b", List.of()),
        arguments(name + "=" + "x".repeat(300), List.of()),
        arguments(name + "=<script>alert(1)</script>", List.of()),
        arguments(name + "=\u00e9\u65e5", List.of()),
        arguments(name + "=_js_", List.of()),
        arguments(name + "=_js_abc", List.of("abc")),
        arguments(name + "=abc; " + name + "=def", List.of("abc", "def")),
        arguments(name + "=abc; " + name + "=abc", List.of("abc")),
        arguments(name + "=<; " + name + "=def", List.of("def")),
        arguments("KAMELEOONVISITORCODE=abc", List.of()),
        arguments("x" + name + "=abc", List.of()),
        arguments(name + "x=abc", List.of()),
        arguments(name + "xabc", List.of()),
        arguments(name + "=z; " + name + "=m; " + name + "=a", List.of("z", "m", "a")),
        arguments("$Version=1; " + name + "=abc; $Path=/", List.of("abc")));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void visitorCodes_oneHeader_areValidCodes(String header, List<String> codes) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.addHeader("Cookie", header);

    assertThat(RequestCookies.of(request).visitorCodes().stream().map(VisitorCode::value))
        .isEqualTo(codes);
  }

  @Test
  void visitorCodes_filterRepeatsEarlierRequest_areCodesOfBrowser() {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.addHeader("Cookie", "kameleoonVisitorCode=of-the-login-page");
    HttpServletRequestWrapper springSecuritys =
        new HttpServletRequestWrapper(request) {
          @Override
          public Enumeration<String> getHeaders(String name) {
            return Collections.enumeration(List.of("kameleoonVisitorCode=before"));
          }
        };

    assertThat(RequestCookies.of(new HttpServletRequestWrapper(springSecuritys)).visitorCodes())
        .containsExactly(new VisitorCode("of-the-login-page"));
  }

  @Test
  void visitorCodes_severalHeaders_keepOrder() {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.addHeader("Cookie", "a=b; kameleoonVisitorCode=first");
    request.addHeader("Cookie", "kameleoonVisitorCode=second");

    assertThat(RequestCookies.of(request).visitorCodes())
        .containsExactly(new VisitorCode("first"), new VisitorCode("second"));
  }

  @Test
  void visitorCodes_noCookies_areEmpty() {
    assertThat(RequestCookies.of(new MockHttpServletRequest()).visitorCodes()).isEmpty();
  }

  @Test
  void values_quoted_haveNoQuotes() {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.addHeader("Cookie", "agreed=\"\"; agreed=\"yes\"; agreed=\"; agreed=");

    assertThat(RequestCookies.of(request).values("agreed")).containsExactly("", "yes", "\"", "");
  }

  @ParameterizedTest
  @CsvSource({
    "the-session, true,  other=1,                         true",
    "the-session, true,  other=1; JSESSIONID=the-session, false",
    "the-session, false, other=1,                         false",
    ",            true,  other=1,                         false"
  })
  void areOfOlderRequest_sessionIdNotAmongCookies_isTrue(
      String session, boolean byCookie, String cookies, boolean restored) {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
    request.setRequestedSessionId(session);
    request.setRequestedSessionIdFromCookie(byCookie);
    request.addHeader("Cookie", cookies);

    assertThat(RequestCookies.of(request).areOfOlderRequest(request)).isEqualTo(restored);
  }

  @Test
  void areOfOlderRequest_filterWithOtherSessionIds_isFalse() {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
    request.setRequestedSessionId("encoded");
    request.setRequestedSessionIdFromCookie(true);
    request.addHeader("Cookie", "JSESSIONID=encoded");
    HttpServletRequestWrapper springSessions =
        new HttpServletRequestWrapper(request) {
          @Override
          public String getRequestedSessionId() {
            return "decoded";
          }
        };

    assertThat(RequestCookies.of(springSessions).areOfOlderRequest(springSessions)).isFalse();
  }
}
