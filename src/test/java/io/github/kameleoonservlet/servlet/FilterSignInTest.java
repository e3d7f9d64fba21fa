package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests logins and sign-outs during a request. */
class FilterSignInTest {

  private static final Page NOTHING = (request, response) -> {};

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();

  @Test
  void login_throughRequest_takesEffectAtOnce() {
    shop.link("user-1", "mine");

    MockHttpServletResponse response =
        browser.open(
            (request, answer) -> {
              Visitor visitor = (Visitor) request.getAttribute("kameleoonVisitor");
              answer.addHeader("Set-Cookie", "theme=dark");
              visitor.getVariations().get("banner");
              signIn(request, "user-1");
              assertThat(visitor.getOutcome()).isEqualTo(Outcome.RESTORED);
              assertThat(visitor.getUserId()).isEqualTo("user-1");
              assertThat(request.getAttribute("kameleoonVisitorCode")).isEqualTo("mine");
              visitor.getVariations().get("banner");
            });

    assertThat(shop.decisions.calls)
        .containsExactly("decide new-1 banner exposed", "decide mine banner exposed");
    assertThat(browser.code()).isEqualTo("mine");
    assertThat(browser.cookies).containsEntry("theme", "dark");
    assertThat(cookies(response))
        .filteredOn(header -> header.startsWith("kameleoonVisitorCode="))
        .hasSize(1);
  }

  @Test
  void login_ofNewUser_adoptsCodeOfThisResponse() {
    browser.open((request, answer) -> signIn(request, "user-1"));

    assertThat(browser.code()).isEqualTo("new-1");
    assertThat(shop.store.find(TestShop.key("user-1"))).contains(new VisitorCode("new-1"));
  }

  @Test
  void login_afterCommit_takesEffectWithNextRequest() {
    shop.link("user-1", "mine");
    browser.open(
        (request, answer) -> {
          answer.flushBuffer();
          signIn(request, "user-1");
          assertThat(((Visitor) request.getAttribute("kameleoonVisitor")).getCode())
              .isEqualTo("new-1");
        });

    assertThat(browser.code()).isEqualTo("new-1");
    browser.user = "user-1";
    browser.open(seeing(Outcome.RESTORED));
    assertThat(browser.code()).isEqualTo("mine");
  }

  @Test
  void refresh_loginInSession_isDetected() {
    shop.users = request -> (String) request.getAttribute("test.user");
    shop.link("user-1", "mine");

    browser.open(
        (request, answer) -> {
          request.setAttribute("test.user", "user-1");
          ((Visitor) request.getAttribute("kameleoonVisitor")).refresh();
        });

    assertThat(browser.code()).isEqualTo("mine");
  }

  @Test
  void signOut_byDefault_keepsCode() {
    browser.user = "user-1";
    browser.open(
        Page.reading(
            visitor -> {
              visitor.signOut();
              assertThat(visitor.isKnown()).isFalse();
              assertThat(visitor.getOutcome()).isEqualTo(Outcome.RECOGNIZED);
            }));

    assertThat(browser.code()).isEqualTo("new-1");
  }

  @Test
  void signOut_renewing_givesBrowserNewCode() {
    shop.renewAfterSignOut = true;
    browser.user = "user-1";
    browser.open(NOTHING);
    MockHttpServletResponse response = browser.open(Page.reading(Visitor::signOut));

    assertThat(browser.code()).isEqualTo("new-2");
    assertThat(cookies(response)).hasSize(1);
    browser.open(seeing(Outcome.RESTORED));
    assertThat(browser.code()).isEqualTo("new-1");
  }

  @Test
  void signOut_renewing_inCrossSitePost_leavesNoCode() {
    shop.renewAfterSignOut = true;
    browser.user = "user-1";
    browser.open(NOTHING);
    MockHttpServletRequest post = new MockHttpServletRequest("POST", "/");
    post.setServletPath("/");
    post.addHeader("Sec-Fetch-Site", "cross-site");
    post.addHeader("Sec-Fetch-Mode", "navigate");
    post.addHeader("Sec-Fetch-Dest", "document");
    browser.cookies.clear();

    browser.send(post, Page.reading(Visitor::signOut));
    assertThat(browser.code()).isNull();

    browser.user = null;
    browser.cookies.put("kameleoonVisitorCode", "somebody");
    MockHttpServletRequest anonymous = new MockHttpServletRequest("POST", "/");
    anonymous.setServletPath("/");
    anonymous.addHeader("Sec-Fetch-Site", "cross-site");
    browser.send(anonymous, Page.reading(Visitor::signOut));
    assertThat(browser.code()).as("no user was signed in").isEqualTo("somebody");
  }

  @Test
  void logout_throughRequest_signsOut() {
    shop.renewAfterSignOut = true;
    browser.user = "user-1";
    browser.open(NOTHING);
    browser.open((request, answer) -> request.logout());

    assertThat(browser.code()).isEqualTo("new-2");
  }

  @Test
  void logout_resolverCommitsResponse_keepsVisitor() {
    shop.renewAfterSignOut = true;
    browser.user = "user-1";
    AtomicReference<HttpServletResponse> commits = new AtomicReference<>();
    AtomicReference<Outcome> outcome = new AtomicReference<>();
    shop.users =
        request -> {
          commit(commits.get());
          return request.getRemoteUser();
        };

    browser.open(
        (request, answer) -> {
          Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
          visitor.getCode();
          commits.set(answer);
          request.logout();
          outcome.set(visitor.getOutcome());
        });

    assertThat(outcome).hasValue(Outcome.LINKED);
  }

  private static void commit(HttpServletResponse response) {
    try {
      if (response != null) {
        response.flushBuffer();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void logout_applicationKeepsUser_changesNothing() {
    shop.renewAfterSignOut = true;
    shop.users = request -> "user-1";
    browser.open(NOTHING);
    browser.open((request, answer) -> request.logout());

    assertThat(browser.code()).isEqualTo("new-1");
  }

  private static Page seeing(Outcome outcome) {
    return Page.reading(visitor -> assertThat(visitor.getOutcome()).isEqualTo(outcome));
  }

  private static List<String> cookies(MockHttpServletResponse response) {
    return response.getHeaders("Set-Cookie");
  }

  private static void signIn(HttpServletRequest request, String user) throws ServletException {
    request.login(user, "demo");
  }
}
