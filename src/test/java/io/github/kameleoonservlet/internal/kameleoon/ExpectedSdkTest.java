package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.kameleoon.KameleoonClient;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Tests that the tests run with the SDK version that the build names. */
class ExpectedSdkTest {

  /** The servlet API of the SDK; the profile {@code jakarta-sdk} sets the other API. */
  private static final String SERVLET = System.getProperty("sdk.servlet", "javax.servlet");

  @Test
  void client_ofThisRun_usesItsServletApiOnly() {
    Stream<String> named =
        Arrays.stream(KameleoonClient.class.getMethods())
            .flatMap(method -> Arrays.stream(method.getParameterTypes()))
            .map(Class::getPackageName)
            .filter(name -> name.contains(".servlet"));

    assertThat(named).isNotEmpty().containsOnly(SERVLET + ".http");
  }

  @Test
  @EnabledIfSystemProperty(named = "sdk.servlet", matches = "jakarta.servlet")
  void oldServletApi_onClassPath_isAbsent() {
    assertThatThrownBy(() -> Class.forName("javax.servlet.http.HttpServletRequest"))
        .isInstanceOf(ClassNotFoundException.class);
  }
}
