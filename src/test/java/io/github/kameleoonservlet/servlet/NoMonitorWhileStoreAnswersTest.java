package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.identity.InMemoryVisitorCodeStore;
import io.github.kameleoonservlet.testing.FaultyStore;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/**
 * Tests that a request holds no monitor while it waits for the store: on Java 21 a virtual thread
 * that waits within a monitor blocks its carrier thread.
 */
class NoMonitorWhileStoreAnswersTest {

  private final List<MonitorInfo> held = new ArrayList<>();
  private int asked;

  @Test
  void request_signedInUser_holdsNoMonitorDuringStoreCall() throws Exception {
    get(new MockFilterChain());

    assertThat(asked).isPositive();
    assertThat(held).isEmpty();
  }

  @Test
  void refresh_afterLogin_holdsNoMonitorDuringStoreCall() throws Exception {
    TestShop shop = shop();
    MockHttpServletRequest request = new MockHttpServletRequest();
    shop.filter()
        .doFilter(
            request,
            new MockHttpServletResponse(),
            (passedOn, response) -> {
              request.setRemoteUser("ada");
              ((Visitor) passedOn.getAttribute(Visitor.ATTRIBUTE)).refresh();
            });

    assertThat(asked).isPositive();
    assertThat(held).isEmpty();
  }

  private void get(MockFilterChain chain) throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setRemoteUser("ada");
    shop().filter().doFilter(request, new MockHttpServletResponse(), chain);
  }

  private TestShop shop() {
    TestShop shop = new TestShop();
    shop.store = FaultyStore.before(new InMemoryVisitorCodeStore(), this::record);
    return shop;
  }

  /** Records the monitors that the calling thread holds. */
  private Object record(String method, FaultyStore.Call call) throws Throwable {
    if (!method.equals("close")) {
      asked++;
      long[] self = {Thread.currentThread().getId()};
      held.addAll(
          List.of(
              ManagementFactory.getThreadMXBean()
                  .getThreadInfo(
                      self, /* lockedMonitors= */ true, /* lockedSynchronizers= */ false)[0]
                  .getLockedMonitors()));
    }
    return call.proceed();
  }
}
