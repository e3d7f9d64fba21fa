package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import io.github.kameleoonservlet.testing.RecordedLog;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests forwards, includes, error pages, asynchronous requests, and requests that are not HTTP. */
class FilterDispatchTest {

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();

  @ParameterizedTest
  @EnumSource(
      value = DispatcherType.class,
      names = {"FORWARD", "INCLUDE"})
  void forwardOrInclude_throughFilter_hasSameVisitor(DispatcherType dispatch) {
    List<Object> seen = new ArrayList<>();
    browser.open(
        (request, answer) -> {
          seen.add(request.getAttribute("kameleoonVisitor"));
          shop.dispatch(
              dispatch,
              request,
              answer,
              (dispatched, same) -> seen.add(dispatched.getAttribute("kameleoonVisitor")));
        });

    assertThat(seen).hasSize(2).allMatch(visitor -> visitor == seen.get(0));
  }

  @Test
  void errorPage_afterException_hasVisitorAndCookie() throws Exception {
    List<String> seen = new ArrayList<>();
    MockHttpServletResponse response =
        browser.openErrorPage(
            Page.reading(
                visitor ->
                    seen.add(
                        visitor.getCode() + " " + visitor.getVariations().get("banner").getKey())));

    assertThat(seen).containsExactly("new-1 on");
    assertThat(cookies(response)).singleElement().asString().contains("new-1");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private");
  }

  @Test
  void attribute_ofOtherClassLoader_isReplaced() throws Exception {
    MockHttpServletRequest request = browser.navigation();
    request.setAttribute("kameleoonVisitor", "another class loader's");

    browser.send(request, seeing(Outcome.ISSUED));
  }

  @Test
  void asyncRequest_untilCompletion_keepsVisitor() throws Exception {
    MockHttpServletRequest request = browser.navigation();
    AtomicReference<Visitor> kept = new AtomicReference<>();
    browser.send(
        request,
        (req, res) -> {
          kept.set((Visitor) req.getAttribute("kameleoonVisitor"));
          request.startAsync();
        });

    assertThat(kept.get().getVariations().get("banner").getKey()).isEqualTo("on");
    request.getAsyncContext().complete();
    assertThat(kept.get().getVariations().get("other").getReason()).isEqualTo(Reason.UNRESOLVED);
  }

  @Test
  void asyncRequest_publicOnContainerResponse_isPrivateAfterRead() {
    MockHttpServletResponse response =
        browser.send(
            browser.background("GET"),
            (req, res) -> {
              req.startAsync();
              HttpServletResponse servers =
                  (HttpServletResponse) ((HttpServletResponseWrapper) res).getResponse();
              servers.setHeader("Cache-Control", "public, max-age=60");
              ((Visitor) req.getAttribute("kameleoonVisitor")).getVariations().get("banner");
            });

    assertThat(response.getHeaders("Cache-Control")).containsExactly("private, max-age=60");
  }

  @Test
  void header_withoutName_reachesContainer() {
    MockHttpServletRequest request = browser.navigation();
    request.setAsyncSupported(true);
    List<String> names = new ArrayList<>();
    HttpServletResponse tomcats =
        new HttpServletResponseWrapper(new MockHttpServletResponse()) {
          @Override
          public void setHeader(String name, String value) {
            names.add(name);
          }
        };

    assertThatCode(
            () ->
                shop.filter()
                    .doFilter(
                        request,
                        tomcats,
                        (req, res) -> ((HttpServletResponse) res).setHeader(null, "value")))
        .doesNotThrowAnyException();
    assertThat(names).last().isNull();
  }

  @Test
  void request_notHttp_reachesChain() throws Exception {
    ServletRequest request = new ServletRequestWrapper(browser.navigation());
    MockFilterChain chain = new MockFilterChain();

    shop.filter().doFilter(request, new MockHttpServletResponse(), chain);

    assertThat(chain.getRequest()).isSameAs(request);
  }

  @Test
  void asyncSupport_missing_isLoggedOnceIfApplicationStartsAsync() throws Exception {
    List<Consumer<ServletRequest>> uses =
        List.of(
            ServletRequest::startAsync,
            request -> request.startAsync(request, new MockHttpServletResponse()));
    for (Consumer<ServletRequest> use : uses) {
      KameleoonVisitorFilter filter = new TestShop().filter();
      try (RecordedLog log = new RecordedLog(Level.WARN)) {
        answer(filter, true, use);
        answer(filter, false, ServletRequest::isAsyncSupported);
        assertThat(log.complaints()).isEmpty();
        answer(filter, false, use);
        assertThat(log.complaints()).hasSize(1);
        answer(filter, false, use);
        assertThat(log.complaints()).singleElement().asString().contains("<async-supported>");
      }
    }
  }

  @Test
  void asyncSupport_missingInServlet_isNotLogged() throws Exception {
    MockHttpServletRequest request = browser.navigation();
    request.setAsyncSupported(true);
    FilterChain page =
        (seen, response) -> {
          // As containers do, before they call a servlet that does not support it.
          request.setAsyncSupported(false);
          assertThatThrownBy(seen::startAsync).isInstanceOf(IllegalStateException.class);
        };
    try (RecordedLog log = new RecordedLog(Level.WARN)) {
      shop.filter().doFilter(request, new MockHttpServletResponse(), page);
      assertThat(log.complaints()).isEmpty();
    }
  }

  private void answer(
      KameleoonVisitorFilter filter, boolean asyncSupported, Consumer<ServletRequest> use)
      throws Exception {
    MockHttpServletRequest request = browser.navigation();
    request.setAsyncSupported(asyncSupported);
    FilterChain page =
        (seen, response) -> {
          try {
            use.accept(seen);
          } catch (IllegalStateException e) {
            assertThat(asyncSupported).isFalse();
          }
        };
    filter.doFilter(request, new MockHttpServletResponse(), page);
  }

  @Test
  void filter_anyPage_createsNoSession() {
    MockHttpServletRequest request = browser.navigation();
    browser.send(request, Page.reading(visitor -> visitor.getVariations().get("banner")));

    assertThat(request.getSession(false)).isNull();
  }

  private static Page seeing(Outcome outcome) {
    return Page.reading(visitor -> assertThat(visitor.getOutcome()).isEqualTo(outcome));
  }

  private static List<String> cookies(MockHttpServletResponse response) {
    return response.getHeaders("Set-Cookie");
  }
}
