package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import jakarta.servlet.http.MappingMatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletMapping;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/**
 * Tests files that the server's own servlet sends and that are not excluded. Determining the user
 * would read and prolong the session for each file.
 */
class ServersFilesTest {

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();
  private final AtomicInteger asked = new AtomicInteger();

  @BeforeEach
  void signIn() {
    browser.user = "user-1";
    shop.link("user-1", "mine");
    shop.users =
        request -> {
          asked.incrementAndGet();
          return request.getRemoteUser();
        };
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/pdf", "video/mp4", "text/plain", "application/json"})
  void file_otherThanPage_doesNotDetermineUserAndIsUnchanged(String type) {
    MockHttpServletResponse response = open(sending(type));

    assertThat(asked).hasValue(0);
    assertThat(response.getHeaderNames()).containsExactly("Content-Type");
  }

  @Test
  void notModified_ofFile_doesNotDetermineUser() {
    MockHttpServletResponse response = open((request, answer) -> answer.setStatus(304));

    assertThat(asked).hasValue(0);
    assertThat(response.getHeaderNames()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/xhtml+xml", ""})
  void file_possiblePage_correctsCookieAndIsPrivate(String type) {
    MockHttpServletResponse response = open(sending(type));

    assertThat(asked).hasValue(1);
    assertThat(browser.code()).isEqualTo("mine");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private");
  }

  @Test
  void missingFile_cookieOfUserChanges_isCorrected() {
    open((request, answer) -> answer.sendError(404));

    assertThat(browser.code()).isEqualTo("mine");
  }

  @Test
  void newBrowser_staticPageAndFiles_onlyPageSetsCode() {
    browser.user = null;
    open(sending("application/pdf"));
    assertThat(browser.code()).isNull();

    open(sending("text/html"));

    assertThat(browser.code()).isEqualTo("new-1");
  }

  @Test
  void welcomeFile_readsVisitor_isResolvedOnceAndPrivate() {
    MockHttpServletResponse response =
        open(
            Page.reading(
                visitor -> {
                  assertThat(visitor.getOutcome()).isEqualTo(Outcome.RESTORED);
                  assertThat(visitor.getCode()).isEqualTo("mine");
                  assertThat(visitor.getUserId()).isEqualTo("user-1");
                }));

    assertThat(asked).hasValue(1);
    assertThat(browser.code()).isEqualTo("mine");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private");
  }

  @Test
  void welcomeFile_readsCodeAttribute_getsCode() {
    MockHttpServletResponse response =
        open(
            (request, answer) ->
                answer.getWriter().print(request.getAttribute(Visitor.CODE_ATTRIBUTE)));

    assertThat(
            new String(response.getContentAsByteArray(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("mine");
    assertThat(browser.code()).isEqualTo("mine");
  }

  private MockHttpServletResponse open(Page page) {
    MockHttpServletRequest request = browser.navigation();
    request.setServletPath("/manual");
    request.setHttpServletMapping(
        new MockHttpServletMapping("", "/", "default", MappingMatch.DEFAULT));
    return browser.send(request, page);
  }

  private static Page sending(String type) {
    return (request, answer) -> {
      if (!type.isEmpty()) {
        answer.setContentType(type);
      }
      answer.getOutputStream().print("a file");
    };
  }
}
