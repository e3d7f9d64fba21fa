package io.github.kameleoonservlet.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.AccessDecider;
import io.github.kameleoonservlet.internal.source.AccessRule;
import io.github.kameleoonservlet.testing.RecordedLog;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;

public class AccessRulesTest {

  private final Parameters parameters =
      new Parameters(new MockFilterConfig("visitor"), name -> null);
  private final MockHttpServletRequest request = new MockHttpServletRequest();

  private AccessRule rule(String text) throws ServletException {
    return AccessRules.of(parameters, "role", text);
  }

  @Test
  void nobody_anyUser_isNotIncluded() throws Exception {
    request.addUserRole("nobody");

    assertThat(rule("nobody").includes(request)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"operator", "shop operator", "role:operator", "ROLE_OPERATOR", "4.eyes"})
  void role_userOfRole_isIncluded(String text) throws Exception {
    AccessRule rule = rule(text);

    assertThat(rule.includes(request)).isFalse();
    request.addUserRole(text.replace("role:", ""));
    assertThat(rule.includes(request)).isTrue();
  }

  @Test
  void role_markedName_isNoClass() throws Exception {
    request.addUserRole("shop.operator");

    assertThat(rule("role:shop.operator").includes(request)).isTrue();
    assertThat(rule("role: shop.operator").includes(request)).isTrue();
  }

  @Test
  void decider_requestThatItAllows_isIncluded() throws Exception {
    AccessRule rule = rule(HeaderDecider.class.getName());

    assertThat(rule.includes(request)).isFalse();
    request.addHeader("X-Operator", "yes");
    assertThat(rule.includes(request)).isTrue();
  }

  @Test
  void decider_faults_areRefusalsAndLoggedOnce() throws Exception {
    AccessRule rule = rule(FailingDecider.class.getName());
    try (RecordedLog log = new RecordedLog(Level.WARN)) {
      assertThat(rule.includes(request)).isFalse();
      assertThat(rule.includes(request)).isFalse();

      assertThat(log.complaints())
          .singleElement()
          .asString()
          .contains("role", "FailingDecider")
          .doesNotContain("user-4711");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"everybody", "role:", "role: ", "shop.operator", "java.lang.String"})
  void otherText_isRefusedWithWhatIsAllowed(String text) {
    assertThatThrownBy(() -> rule(text))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("'role'")
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining(AccessDecider.class.getName());
  }

  public static final class HeaderDecider implements AccessDecider {

    @Override
    public boolean isAllowed(HttpServletRequest request) {
      return request.getHeader("X-Operator") != null;
    }
  }

  public static final class FailingDecider implements AccessDecider {

    @Override
    public boolean isAllowed(HttpServletRequest request) {
      throw new AssertionError("user-4711");
    }
  }
}
