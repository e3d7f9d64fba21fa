package io.github.kameleoonservlet.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.UserIdResolver;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;

public class UserIdsTest {

  private final MockHttpServletRequest request = new MockHttpServletRequest();

  @Test
  void principal_absent_usesRemoteUser() throws Exception {
    assertThat(id("principal")).isNull();
    request.setRemoteUser("user-1");
    assertThat(id("principal")).isEqualTo("user-1");
    Principal principal = () -> "user-2";
    request.setUserPrincipal(principal);
    assertThat(id("principal")).isEqualTo("user-2");
  }

  @Test
  void sessionAttribute_withoutSession_isAnonymousAndCreatesNoSession() throws Exception {
    assertThat(id("session:user")).isNull();
    assertThat(request.getSession(false)).isNull();
  }

  @Test
  void sessionAttribute_propertyPath_isRead() throws Exception {
    request.getSession().setAttribute("shop.login", new Login(new Customer(7), Map.of("k", "v")));

    assertThat(id("session:shop.login.customer.number")).isEqualTo("7");
    assertThat(id("session:shop.login.extra.k")).isEqualTo("v");
    assertThat(id("session:shop.login.extra.none")).isNull();
    assertThat(id("session:shop.login.nobody.number")).isNull();
  }

  @Test
  void requestAttribute_anyIdType_isRead() throws Exception {
    UUID uuid = UUID.randomUUID();
    request.setAttribute("id", uuid);
    assertThat(id("request:id")).isEqualTo(uuid.toString());
    request.setAttribute("id", new StringBuilder("user-1"));
    assertThat(id("request:id")).isEqualTo("user-1");
    Principal principal = () -> "user-2";
    request.setAttribute("id", principal);
    assertThat(id("request:id")).isEqualTo("user-2");
  }

  @Test
  void userId_otherObject_throwsError() {
    request.setAttribute("user", new Customer(7));

    assertThatThrownBy(() -> id("request:user"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("name a property");
    assertThatThrownBy(() -> id("request:user.nosuch"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nosuch");
  }

  @Test
  void resolverClass_severalRequests_isInstantiatedOnce() throws Exception {
    request.addHeader("X-User", "user-1");
    int before = HeaderResolver.MADE.get();
    UserIdResolver resolver = resolver(HeaderResolver.class.getName());

    assertThat(resolver.userId(request)).isEqualTo("user-1");
    assertThat(resolver.userId(request)).isEqualTo("user-1");
    assertThat(HeaderResolver.MADE).hasValue(before + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Principal",
        "session:",
        "session:user..id",
        "session:.id",
        "session: user.id",
        "request:user.",
        "request:",
        "session",
        "a b",
        "java.lang.String",
        "no.such.Class",
        "session.user.id",
        "io.github.kameleoonservlet.internal.config.UserIdsTest$Hidden"
      })
  void userIdSetting_unknownForm_isRefused(String setting) {
    assertThatThrownBy(() -> id(setting))
        .isInstanceOf(ServletException.class)
        .hasMessageContainingAll(
            "userId", setting, "session:<attribute>", UserIdResolver.class.getName());
  }

  private String id(String setting) throws ServletException {
    return resolver(setting).userId(request);
  }

  private static UserIdResolver resolver(String setting) throws ServletException {
    Parameters parameters = new Parameters(new MockFilterConfig("visitor"), name -> null);
    return UserIds.resolver(parameters, setting);
  }

  public record Customer(int number) {}

  public static final class Login {
    private final Customer customer;
    private final Map<String, String> extra;

    public Login(Customer customer, Map<String, String> extra) {
      this.customer = customer;
      this.extra = extra;
    }

    public Customer getCustomer() {
      return customer;
    }

    public Customer getNobody() {
      return null;
    }

    public Map<String, String> getExtra() {
      return extra;
    }
  }

  /** A resolver that an application declares. */
  public static final class HeaderResolver implements UserIdResolver {
    static final AtomicInteger MADE = new AtomicInteger();

    public HeaderResolver() {
      MADE.incrementAndGet();
    }

    @Override
    public String userId(HttpServletRequest request) {
      return request.getHeader("X-User");
    }
  }

  static final class Hidden implements UserIdResolver {
    @Override
    public String userId(HttpServletRequest request) {
      return "hidden";
    }
  }
}
