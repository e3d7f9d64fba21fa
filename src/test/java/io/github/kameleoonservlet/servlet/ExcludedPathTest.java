package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.reconcile.UserKeys;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockHttpServletMapping;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests that the visitor of an excluded path is resolved only when something reads it. */
class ExcludedPathTest {

  /** The servlet that responds to the excluded path. */
  enum Answers {
    CONTAINER("", "/", "default", MappingMatch.DEFAULT),
    APPLICATION("shop.css", "/files/*", "files", MappingMatch.PATH);

    private final MockHttpServletMapping mapping;

    Answers(String value, String pattern, String servlet, MappingMatch match) {
      mapping = new MockHttpServletMapping(value, pattern, servlet, match);
    }
  }

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();
  private final AtomicInteger asked = new AtomicInteger();

  @BeforeEach
  void signIn() {
    browser.user = "user-1";
    shop.store.link(
        new UserKeys(Set.of(), null, null).caller("user-1").key(), new VisitorCode("mine"));
    shop.users =
        request -> {
          asked.incrementAndGet();
          return request.getRemoteUser();
        };
  }

  @ParameterizedTest
  @EnumSource(Answers.class)
  void excludedFile_withoutRead_doesNotDetermineUser(Answers answers) {
    MockHttpServletResponse response =
        browser.send(
            file(answers),
            (request, answer) -> {
              answer.setContentType("text/css");
              answer.getOutputStream().print("p {}");
            });

    assertThat(asked).hasValue(0);
    assertThat(response.getHeaderNames()).containsExactly("Content-Type");
  }

  @Test
  void excludedFile_dispatchedByAnotherApplication_doesNotShowItsCode() {
    MockHttpServletRequest dispatched = file(Answers.APPLICATION);
    dispatched.setAttribute("kameleoonVisitorCode", "another-applications");

    browser.send(
        dispatched,
        (request, answer) ->
            assertThat(request.getAttribute("kameleoonVisitorCode")).isEqualTo("mine"));
  }

  @ParameterizedTest
  @EnumSource(Answers.class)
  void excludedFile_readsVisitor_determinesUserOnceAndIsPrivate(Answers answers) {
    MockHttpServletResponse response =
        browser.send(
            file(answers),
            Page.reading(
                visitor -> {
                  assertThat(visitor.getUserId()).isEqualTo("user-1");
                  assertThat(visitor.getCode()).isEqualTo("mine");
                  assertThat(visitor.getOutcome()).isEqualTo(Outcome.RESTORED);
                }));

    assertThat(asked).hasValue(1);
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private");
    assertThat(response.getHeaders("Set-Cookie")).isEmpty();
  }

  @Test
  void excludedServlet_readsCodeAttribute_getsCode() {
    MockHttpServletResponse response =
        browser.send(
            file(Answers.APPLICATION),
            (request, answer) ->
                answer.getWriter().print(request.getAttribute("kameleoonVisitorCode")));

    assertThat(asked).hasValue(1);
    assertThat(bodyOf(response)).isEqualTo("mine");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private");
  }

  @Test
  void containerFile_visitorAlreadyRead_hidesCodeAttribute() {
    browser.send(
        file(Answers.CONTAINER),
        (request, answer) -> {
          ((Visitor) request.getAttribute("kameleoonVisitor")).getOutcome();
          assertThat(request.getAttribute("kameleoonVisitorCode"))
              .as("read without our request wrapper, the attribute would not make it private")
              .isNull();
        });
  }

  @ParameterizedTest
  @EnumSource(Answers.class)
  void missingFile_errorPageReadsVisitor_getsVisitor(Answers answers) throws Exception {
    assertThat(errorPage(answers, (request, response) -> {})).isEqualTo("mine mine RESTORED");
    assertThat(asked).hasValue(1);
  }

  @Test
  void missingFile_earlierFilterReadsAfterCommit_errorPageGetsVisitor() throws Exception {
    FilterChain readsTooLate =
        (request, response) ->
            ((Visitor) request.getAttribute("kameleoonVisitor")).getOutcome().isRequestOnly();

    assertThat(errorPage(Answers.CONTAINER, readsTooLate)).isEqualTo("mine mine RESTORED");
  }

  private String errorPage(Answers answers, FilterChain afterwards)
      throws IOException, ServletException {
    KameleoonVisitorFilter filter = shop.filter();
    MockHttpServletRequest request = file(answers);
    request.setAsyncSupported(true);
    request.setRemoteUser(browser.user);
    MockHttpServletResponse response = new MockHttpServletResponse();
    filter.doFilter(request, response, (req, res) -> {});
    afterwards.doFilter(request, response);
    assertThat(asked).hasValue(0);
    request.setDispatcherType(DispatcherType.ERROR);
    List<String> seen = new ArrayList<>();
    filter.doFilter(
        request,
        response,
        (req, res) -> {
          seen.add((String) req.getAttribute("kameleoonVisitorCode"));
          Visitor visitor = (Visitor) req.getAttribute("kameleoonVisitor");
          seen.add(visitor.getCode());
          seen.add(visitor.getOutcome().name());
        });
    return String.join(" ", seen);
  }

  private MockHttpServletRequest file(Answers answers) {
    MockHttpServletRequest request = browser.background("GET");
    request.setServletPath("/shop.css");
    request.setHttpServletMapping(answers.mapping);
    return request;
  }

  private static String bodyOf(MockHttpServletResponse response) {
    return new String(response.getContentAsByteArray(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
