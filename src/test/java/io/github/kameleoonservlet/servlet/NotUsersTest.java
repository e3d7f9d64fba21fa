package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.internal.config.Parameters;
import io.github.kameleoonservlet.internal.config.Settings;
import io.github.kameleoonservlet.internal.config.UserIds;
import io.github.kameleoonservlet.internal.reconcile.Caller;
import io.github.kameleoonservlet.internal.reconcile.UserKeys;
import jakarta.servlet.ServletException;
import java.math.BigDecimal;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;

/** Tests from end to end which ids mean that no user is signed in. */
class NotUsersTest {

  private final MockFilterConfig config = new MockFilterConfig("visitor");

  static Stream<Object> guests() {
    return Stream.of(
        // The ids of guest beans
        0,
        0L,
        -1,
        -1L,
        BigDecimal.ZERO,
        new UUID(0, 0),
        // The names that containers and frameworks give a caller without a login
        "anonymous",
        "ANONYMOUS",
        "anonymousUser",
        "<anonymous>",
        "UNAUTHENTICATED",
        "guest",
        "Guest",
        // The texts of missing values
        "null",
        "NULL",
        "(null)",
        "undefined");
  }

  @ParameterizedTest
  @MethodSource("guests")
  void guestBean_defaultList_isAnonymous(Object id) throws Exception {
    assertThat(caller(id)).isEqualTo(Caller.anonymous());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-10", "00", "0-1", "guest-1", "nullable", "anonymous@shop.example"})
  void idThatResemblesGuest_defaultList_isUser(String id) throws Exception {
    assertThat(caller(id).key()).isNotNull();
  }

  @Test
  void list_setByApplication_replacesDefault() throws Exception {
    config.addInitParameter("notUsers", "visitor");

    assertThat(caller("Visitor")).isEqualTo(Caller.anonymous());
    assertThat(Stream.of(caller(0), caller(-1), caller("guest")).map(Caller::key).distinct())
        .hasSize(3)
        .doesNotContainNull();
  }

  @Test
  void emptyList_setByApplication_acceptsEveryId() throws Exception {
    config.addInitParameter("notUsers", ",");

    assertThat(caller(0).key()).isNotNull();
    assertThat(caller(" ")).isEqualTo(Caller.anonymous());
  }

  private Caller caller(Object id) throws ServletException {
    config.addInitParameter("userId", "session:user.id");
    Parameters parameters = new Parameters(config, name -> null);
    Settings.User settings = Settings.read(parameters).user();
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.getSession().setAttribute("user", new Account(id));
    String userId = UserIds.resolver(parameters, settings.userId()).userId(request);
    return new UserKeys(settings.notUsers(), null, null).caller(userId);
  }

  record Account(Object id) {}
}
