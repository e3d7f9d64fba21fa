package io.github.kameleoonservlet.internal.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.internal.http.VisitorResponse;
import io.github.kameleoonservlet.servlet.TestShop;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class VisitorAsyncContextTest {

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();
  private final MockHttpServletRequest request = browser.navigation();
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  private RequestVisitor visitor() throws Exception {
    shop.filter().doFilter(request, response, new MockFilterChain());
    return (RequestVisitor) request.getAttribute(Visitor.ATTRIBUTE);
  }

  @Test
  void calls_ofApplication_reachContextOfContainer() throws Exception {
    List<String> calls = new ArrayList<>();
    AsyncListener listener = AsyncEnd.of(visitor().scope(), new MockHttpServletResponse());
    AsyncContext container =
        (AsyncContext)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> {
                  calls.add(method.toString());
                  return switch (method.getName()) {
                    case "getRequest" -> request;
                    case "getResponse" -> response;
                    case "createListener" -> listener;
                    case "hasOriginalRequestAndResponse" -> true;
                    case "getTimeout" -> 7L;
                    default -> null;
                  };
                });
    AsyncContext async = new VisitorAsyncContext(container, visitor().scope());

    for (Method method : AsyncContext.class.getMethods()) {
      calls.clear();
      Object answer =
          method.invoke(
              async,
              List.of(method.getParameterTypes()).stream()
                  .map(type -> type == long.class ? (Object) 1L : null)
                  .toArray());
      assertThat(calls).contains(method.toString());
      assertThat(answer != null).isEqualTo(method.getReturnType() != void.class);
    }
    assertThat(async.createListener(AsyncListener.class)).isSameAs(listener);
    assertThat(async.hasOriginalRequestAndResponse()).isTrue();
    assertThat(async.getTimeout()).isEqualTo(7);
    assertThat(async.getRequest()).isInstanceOf(VisitorRequest.class);
    assertThat(async.getResponse()).isInstanceOf(VisitorResponse.class);
  }

  @Test
  void complete_unreadPage_writesCookieHeldBack() {
    AtomicReference<AsyncContext> async = new AtomicReference<>();
    MockHttpServletResponse answer =
        browser.send(request, (asked, given) -> async.set(asked.startAsync(asked, given)));
    assertThat(answer.getHeaders("Set-Cookie")).isEmpty();

    async.get().complete();

    assertThat(answer.getHeaders("Set-Cookie")).singleElement().asString().contains("new-1");
    assertThat(request.isAsyncStarted()).isFalse();
  }

  @Test
  void startAsync_anyArguments_returnsVisitorAsyncContext() {
    browser.send(
        request,
        (asked, given) -> assertThat(asked.startAsync()).isInstanceOf(VisitorAsyncContext.class));
  }

  // ---- the listener that ends the visitor

  @Test
  void listener_requestStartedAgain_staysRegistered() throws Exception {
    AsyncListener listener = AsyncEnd.of(visitor().scope(), new MockHttpServletResponse());
    MockAsyncContext again = new MockAsyncContext(request, response);

    listener.onStartAsync(new AsyncEvent(again));
    listener.onTimeout(new AsyncEvent(again));

    assertThat(again.getListeners()).containsExactly(listener);
    assertThat(visitor().toString()).isEqualTo("Visitor[ISSUED]");
  }

  @Test
  void listener_inCollection_equalsItselfOnly() throws Exception {
    AsyncListener listener = AsyncEnd.of(visitor().scope(), new MockHttpServletResponse());

    assertThat(listener)
        .isEqualTo(listener)
        .isNotEqualTo(AsyncEnd.of(visitor().scope(), new MockHttpServletResponse()));
    assertThat(Set.of(listener)).contains(listener);
    assertThat(listener.toString()).contains("AsyncEnd");
    assertThat(request.getDispatcherType()).isEqualTo(DispatcherType.REQUEST);
  }
}
