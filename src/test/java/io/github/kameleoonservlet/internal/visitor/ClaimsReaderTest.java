package io.github.kameleoonservlet.internal.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.UserIdResolver;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.reconcile.Caller;
import io.github.kameleoonservlet.internal.reconcile.UserKeys;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class ClaimsReaderTest {

  private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");

  private static ClaimsReader reader(UserIdResolver users) {
    return new ClaimsReader(
        new UserKeys(Set.of("guest"), null, null), users, ConsentReader.notRequired());
  }

  @Test
  void caller_notSignedIn_hasNoUserId() {
    ClaimsReader.Identified guest = reader(asked -> "guest").caller(request);

    assertThat(guest.caller()).isEqualTo(Caller.anonymous());
    assertThat(guest.userId()).isNull();
    assertThat(reader(asked -> "user-1").caller(request).userId()).isEqualTo("user-1");
  }

  @Test
  void resolver_throws_placeIsLoggedOnce() {
    ClaimsReader reader =
        reader(
            asked -> {
              throw new IllegalStateException("user-1");
            });
    try (RecordedLog log = new RecordedLog(Level.WARN)) {
      for (int i = 0; i < 3; i++) {
        assertThat(reader.caller(request).caller()).isEqualTo(Caller.unidentified());
      }
      assertThat(log.complaints())
          .singleElement()
          .asString()
          .contains("IllegalStateException at " + getClass().getName())
          .doesNotContain("user-1");
    }
  }

  @Test
  void resolver_throwsFaultWithoutStackTrace_isLogged() {
    ClaimsReader reader =
        reader(
            asked -> {
              throw new Traceless();
            });
    try (RecordedLog log = new RecordedLog(Level.WARN)) {
      assertThat(reader.caller(request).caller()).isEqualTo(Caller.unidentified());
      assertThat(log.complaints()).singleElement().asString().contains("an unknown place");
    }
  }

  @Test
  void read_differentCookies_logsOneWarn() {
    ClaimsReader reader = reader(asked -> null);
    MockHttpServletRequest two = new MockHttpServletRequest("GET", "/");
    two.addHeader("Cookie", "kameleoonVisitorCode=one; kameleoonVisitorCode=two");
    request.addHeader("Cookie", "kameleoonVisitorCode=one");
    try (RecordedLog log = new RecordedLog(Level.WARN)) {
      reader.read(new IncomingRequest(request, null, false), null);
      assertThat(log.complaints()).isEmpty();
      for (int i = 0; i < 3; i++) {
        assertThat(reader.read(new IncomingRequest(two, null, false), null).claims().cookies())
            .containsExactly(new VisitorCode("one"), new VisitorCode("two"));
      }
      assertThat(log.complaints()).singleElement().asString().contains("topLevelDomain");
    }
  }

  private static final class Traceless extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Traceless() {
      super("user-1", null, false, false);
    }
  }
}
