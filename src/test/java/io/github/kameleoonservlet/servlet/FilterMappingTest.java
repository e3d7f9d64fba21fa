package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.testing.RecordedLog;
import jakarta.servlet.FilterRegistration;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockServletContext;

/**
 * Tests that a filter without a mapping logs the missing mapping, because the pages would otherwise
 * stay empty without a visible cause.
 */
class FilterMappingTest {

  @ParameterizedTest
  @CsvSource({
    ", , true",
    "/*, , false",
    ", shop, false",
  })
  void init_withoutMapping_logsWarning(String urlPattern, String servlet, boolean warns)
      throws Exception {
    MockServletContext context =
        new MockServletContext() {
          @Override
          public FilterRegistration getFilterRegistration(String name) {
            return name.equals("visitor") ? registration(urlPattern, servlet) : null;
          }
        };
    MockFilterConfig config = new MockFilterConfig(context, "visitor");
    config.addInitParameter(
        "dataFile", "webapp-sample/src/main/webapp/WEB-INF/kameleoon-data-file.json");
    config.addInitParameter("jdbcUrl", "jdbc:h2:mem:mapping");
    KameleoonVisitorFilter filter = new KameleoonVisitorFilter();
    try (RecordedLog log = new RecordedLog(Level.WARN)) {
      filter.init(config);

      assertThat(log.complaints())
          .filteredOn(line -> line.contains("No request reaches the filter 'visitor'"))
          .hasSize(warns ? 1 : 0);
    } finally {
      filter.destroy();
    }
  }

  private static FilterRegistration registration(String urlPattern, String servlet) {
    return (FilterRegistration)
        Proxy.newProxyInstance(
            FilterMappingTest.class.getClassLoader(),
            new Class<?>[] {FilterRegistration.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getUrlPatternMappings" ->
                      urlPattern == null ? List.of() : List.of(urlPattern);
                  case "getServletNameMappings" -> servlet == null ? List.of() : List.of(servlet);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
