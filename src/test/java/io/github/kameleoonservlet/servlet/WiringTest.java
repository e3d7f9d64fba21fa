package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.VisitorService;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;

/** Tests an application whose listener of context attributes throws. */
class WiringTest {

  /** More browsers than one person has. */
  private static final int MANY_BROWSERS = 100;

  private final Set<Thread> before = Thread.getAllStackTraces().keySet();
  private boolean throwing;
  private boolean brokenAfterPublication;

  private final MockServletContext context =
      new MockServletContext() {
        @Override
        public void setAttribute(String name, Object value) {
          // Jetty also calls the listeners if the value is null.
          assertThat(value).as(name).isNotNull();
          listen(name);
          super.setAttribute(name, value);
        }

        @Override
        public void removeAttribute(String name) {
          listen(name);
          super.removeAttribute(name);
        }

        @Override
        public String getContextPath() {
          if (brokenAfterPublication && getAttribute(VisitorService.ATTRIBUTE) != null) {
            throw new IllegalStateException("the server");
          }
          return super.getContextPath();
        }
      };

  private void listen(String name) {
    if (throwing && name.equals(VisitorService.ATTRIBUTE)) {
      throw new IllegalStateException("the application's listener");
    }
  }

  private final MockFilterConfig config = new MockFilterConfig(context, "visitor");
  private final KameleoonVisitorFilter filter = new KameleoonVisitorFilter();

  WiringTest() {
    config.addInitParameter("jdbcUrl", "jdbc:h2:mem:wiring-test");
    // The first user signs in while the table is created, which can take long on a slow machine.
    config.addInitParameter("storeTimeoutMillis", "60000");
    config.addInitParameter(
        "dataFile", "webapp-sample/src/main/webapp/WEB-INF/kameleoon-data-file.json");
  }

  /** Checks that no thread of the store or of its pool is left. */
  @AfterEach
  void nothingIsLeft() {
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> !before.contains(thread))
                    .filteredOn(thread -> thread.getName().startsWith("kameleoon-servlet"))
                    .isEmpty());
  }

  @Test
  void init_listenerThrows_leavesNothingOpen() {
    throwing = true;

    assertThatThrownBy(() -> filter.init(config)).hasMessage("the application's listener");
  }

  @Test
  void init_throwsAfterPublication_leavesNothingOpen() {
    brokenAfterPublication = true;

    assertThatThrownBy(() -> filter.init(config)).hasMessage("the server");
    assertThat(context.getAttribute(VisitorService.ATTRIBUTE)).isNull();
    assertThat(context.getAttribute(KameleoonVisitorFilter.SENT_LINES_ATTRIBUTE)).isNull();
  }

  /**
   * A context that stops and starts again does this with a filter that is registered as an object.
   */
  @Test
  void init_afterDestroy_worksAgain() throws Exception {
    filter.init(config);
    filter.destroy();
    filter.init(config);
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
    request.setRemoteUser("user-1");
    filter.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
    filter.destroy();

    Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
    assertThat(visitor.getOutcome()).isEqualTo(Outcome.LINKED);
  }

  @Test
  void destroy_listenerThrows_leavesNothingOpen() throws Exception {
    filter.init(config);
    throwing = true;

    assertThatThrownBy(filter::destroy).hasMessage("the application's listener");
  }

  @Test
  void oneUserId_inManyBrowsers_logsWarning() throws Exception {
    filter.init(config);
    try (RecordedLog log = new RecordedLog(Level.WARN)) {
      for (int i = 0; i <= MANY_BROWSERS; i++) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
        request.setAsyncSupported(true);
        request.setRemoteUser("tenant");
        request.addHeader("Cookie", "kameleoonVisitorCode=browser-" + i);
        filter.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
      }

      assertThat(log.complaints()).singleElement().asString().contains("One user id");
    } finally {
      filter.destroy();
    }
  }
}
