package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.kameleoonservlet.VisitorService;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockServletContext;

/** An application that listens to its context's attributes, and throws. */
class WiringTest {

  private final Set<Thread> before = Thread.getAllStackTraces().keySet();
  private boolean throwing;

  private final MockServletContext context =
      new MockServletContext() {
        @Override
        public void setAttribute(String name, Object value) {
          listen(name);
          super.setAttribute(name, value);
        }

        @Override
        public void removeAttribute(String name) {
          listen(name);
          super.removeAttribute(name);
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
    config.addInitParameter(
        "dataFile", "webapp-sample/src/main/webapp/WEB-INF/kameleoon-data-file.json");
  }

  /** No thread of the store, and none of its pool. */
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
  void destroy_listenerThrows_leavesNothingOpen() throws Exception {
    filter.init(config);
    throwing = true;

    assertThatThrownBy(filter::destroy).hasMessage("the application's listener");
  }
}
