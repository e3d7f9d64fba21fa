package io.github.kameleoonservlet.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class PathPatternsTest {

  private final PathPatterns patterns = new PathPatterns(List.of("*.css", "/static/*", "/health"));

  @ParameterizedTest
  @CsvSource({
    "/shop.css, true",
    "/a/b/SHOP.CSS, true",
    "/shop.css.jsp, false",
    "/shop.csv, false",
    "css, false",
    "/static, true",
    "/static/a/b, true",
    "/statics, false",
    "/health, true",
    "/health/x, false",
    "/, false"
  })
  void matches_anyPath_followsServletMappingRules(String path, boolean matches) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setServletPath(path);

    assertThat(patterns.matches(request)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({"/static, /x, true", "/app, /shop.css, true", "'', /health, true"})
  void matches_pathInfo_isAppendedToServletPath(String servletPath, String info, boolean matches) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setServletPath(servletPath);
    request.setPathInfo(info);

    assertThat(patterns.matches(request)).isEqualTo(matches);
  }

  /** Jetty 12 throws in this way if its {@code UriCompliance} allows {@code //} or {@code %2F}. */
  @Test
  void matches_pathThatServerDoesNotDecode_isFalse() {
    MockHttpServletRequest request =
        new MockHttpServletRequest() {
          @Override
          public String getServletPath() {
            throw new IllegalArgumentException("Ambiguous URI encoding");
          }
        };

    assertThat(patterns.matches(request)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"css", "*css", "*", "*.", "/a*", "/*/b", "*.c*s", "/a/**"})
  void constructor_invalidPattern_isRefused(String pattern) {
    assertThatThrownBy(() -> new PathPatterns(List.of(pattern)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/dir/*");
  }
}
