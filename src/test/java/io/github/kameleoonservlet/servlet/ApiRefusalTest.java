package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.testing.FaultyStore;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests that every refusal of every call has the same form, and changes nothing. */
class ApiRefusalTest {

  private static final String MARK = "zq<xj>";

  enum Refusal {
    MALFORMED(400),
    NO_BODY(400),
    WRONG_FIELD(400),
    UNKNOWN_FIELD(400),
    QUERY(400),
    ANOTHER_SITE(403),
    NO_CALL(404),
    NO_FEATURE(404),
    WRONG_METHOD(405),
    CONSENT_ELSEWHERE(409),
    TOO_LARGE(413),
    MEDIA_TYPE(415),
    NO_CODE(422),
    STORE_DOWN(503);

    final int status;

    Refusal(int status) {
      this.status = status;
    }

    boolean concerns(ApiCall call) {
      return switch (this) {
        case MALFORMED, WRONG_FIELD, UNKNOWN_FIELD, TOO_LARGE, MEDIA_TYPE -> call.hasBody();
        case NO_BODY -> !call.hasBody();
        case NO_FEATURE -> call == ApiCall.VARIATION;
        case CONSENT_ELSEWHERE -> call == ApiCall.CONSENT;
        case STORE_DOWN -> call != ApiCall.CONSENT;
        default -> true;
      };
    }

    MockHttpServletRequest of(ApiCall call) {
      MockHttpServletRequest request = call.announcing(this == NO_CODE ? MARK : "app");
      switch (this) {
        case MALFORMED -> body(request, "{\"" + MARK + "\"");
        case NO_BODY -> body(request, "{\"visitorCode\":\"" + MARK + "\"}");
        case WRONG_FIELD -> body(request, "{\"visitorCode\":[\"" + MARK + "\"]}");
        case UNKNOWN_FIELD -> body(request, call.body("app").replace("{", "{\"" + MARK + "\":1,"));
        case QUERY -> request.setQueryString("visitorCode=" + MARK);
        case ANOTHER_SITE -> request.addHeader("Sec-Fetch-Site", "cross-site");
        case NO_CALL -> request.setPathInfo("/" + MARK);
        case NO_FEATURE -> body(request, "{\"featureKey\":\"" + MARK + "\"}");
        case WRONG_METHOD -> request.setMethod("PATCH");
        case TOO_LARGE -> body(request, call.body("app") + MARK.repeat(2_000));
        case MEDIA_TYPE -> request.setContentType("text/" + MARK);
        default -> {
          // The shop or the code is the cause of the refusal.
        }
      }
      return request;
    }

    private static void body(MockHttpServletRequest request, String body) {
      ApiBrowser.withBody(request, "application/json", body);
    }
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusal_everyKind_isProblemDocumentWithNoStore(Refusal refusal, ApiCall call) {
    TestShop shop = new TestShop();
    TestShop.Browser app = shop.new Browser();
    app.user = "user-1";
    app.cookies.put("kameleoonVisitorCode", "mine");
    if (refusal == Refusal.STORE_DOWN) {
      shop.store = FaultyStore.down();
    }

    MockHttpServletResponse response = new ApiBrowser(app).send(refusal.of(call));

    String text = new String(response.getContentAsByteArray(), StandardCharsets.UTF_8);
    JsonObject problem = Json.createReader(new StringReader(text)).readObject();
    assertThat(response.getStatus()).isEqualTo(refusal.status);
    assertThat(problem.getInt("status")).isEqualTo(refusal.status);
    assertThat(problem.getString("title")).isNotBlank();
    assertThat(problem.getString("detail")).isNotBlank();
    assertThat(response.getContentType()).startsWith("application/problem+json");
    assertThat(String.join(", ", response.getHeaders("Cache-Control"))).contains("no-store");
    assertThat(response.getHeaders("Set-Cookie")).isEmpty();
    assertThat(response.getHeader("Retry-After") != null).isEqualTo(refusal.status == 503);
    assertThat(response.getHeader("Allow") != null).isEqualTo(refusal.status == 405);
    assertThat(text + response.getHeaderNames()).doesNotContain("<xj>");
    assertThat(shop.decisions.calls).isEmpty();
  }

  static Stream<Arguments> refusals() {
    return Arrays.stream(Refusal.values())
        .flatMap(
            refusal ->
                Arrays.stream(ApiCall.values())
                    .filter(refusal::concerns)
                    .map(call -> Arguments.of(refusal, call)));
  }
}
