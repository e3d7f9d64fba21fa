package io.github.kameleoonservlet.internal.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.testing.RecordedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ConsentReaderTest {

  private final MockHttpServletRequest request = new MockHttpServletRequest();

  @Test
  void consent_notRequired_isGiven() {
    request.addHeader("Cookie", "agreed=no");

    assertThat(
            new ConsentReader(false, null, "agreed", "yes")
                .consent(new IncomingRequest(request, null, false)))
        .isEqualTo(Consent.GIVEN);
  }

  @ParameterizedTest
  @CsvSource({
    "other=yes,              PENDING",
    "agreed=yes,             GIVEN",
    "agreed=\"yes\",         GIVEN",
    "agreed=no,              REFUSED",
    "agreed=,                REFUSED",
    "agreed=yes; agreed=yes, GIVEN",
    "agreed=yes; agreed=no,  REFUSED"
  })
  void consent_byCookie_isValueOfCookie(String cookies, Consent consent) {
    request.addHeader("Cookie", cookies);

    assertThat(
            new ConsentReader(true, null, "agreed", "yes")
                .consent(new IncomingRequest(request, null, false)))
        .isEqualTo(consent);
  }

  @Test
  void consent_withResolver_ignoresCookie() {
    request.addHeader("Cookie", "agreed=yes");
    for (Consent answer : Consent.values()) {
      assertThat(
              new ConsentReader(true, asked -> answer, "agreed", "yes")
                  .consent(new IncomingRequest(request, null, false)))
          .isEqualTo(answer);
    }
  }

  @Test
  void consent_resolverReturnsNull_isPending() {
    assertThat(
            new ConsentReader(true, asked -> null, "", "")
                .consent(new IncomingRequest(request, null, false)))
        .isEqualTo(Consent.PENDING);
  }

  @Test
  void consent_resolverThrows_isPendingAndLoggedOnceWithoutMessage() {
    ConsentReader reader =
        new ConsentReader(
            true,
            asked -> {
              throw new IllegalStateException("user-1");
            },
            "",
            "");
    try (RecordedLog log = new RecordedLog(Level.DEBUG)) {
      for (int i = 0; i < 3; i++) {
        assertThat(reader.consent(new IncomingRequest(request, null, false)))
            .isEqualTo(Consent.PENDING);
      }
      assertThat(log.complaints())
          .singleElement()
          .asString()
          .contains("IllegalStateException")
          .doesNotContain("user-1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "yes, true, yes",
    "yes, false, refused",
    "refused, false, no",
    "refused, true, refused"
  })
  void cookieValue_anyAnswer_isReadAsSameAnswer(String granted, boolean answer, String value) {
    assertThat(new ConsentReader(true, null, "agreed", granted).cookieValue(answer))
        .isEqualTo(value);
  }

  @Test
  void byCookie_requiredWithoutResolver_isTrue() {
    assertThat(new ConsentReader(true, null, "agreed", "yes").byCookie()).isTrue();
    assertThat(new ConsentReader(true, asked -> Consent.GIVEN, "", "").byCookie()).isFalse();
    assertThat(ConsentReader.notRequired().byCookie()).isFalse();
    assertThat(ConsentReader.notRequired().required()).isFalse();
    assertThat(new ConsentReader(true, null, "agreed", "yes").required()).isTrue();
    assertThat(new ConsentReader(true, null, "agreed", "yes").cookieName()).isEqualTo("agreed");
  }
}
