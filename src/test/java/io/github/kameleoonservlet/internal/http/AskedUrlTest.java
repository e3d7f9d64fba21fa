package io.github.kameleoonservlet.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class AskedUrlTest {

  private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/now.jsp");

  AskedUrlTest() {
    request.setQueryString("now=1");
  }

  @Test
  void url_directRequest_isUrlOfBrowser() {
    // The library ignores an attribute that an earlier filter sets.
    request.setAttribute("jakarta.servlet.forward.request_uri", "/other");

    assertThat(AskedUrl.of(request)).isEqualTo(new AskedUrl("/now.jsp", "now=1"));
  }

  @Test
  void url_filterReachedByForward_isForwardedUrl() {
    dispatched(DispatcherType.FORWARD, "forward.request_uri=/private/", "forward.query_string=a=b");

    assertThat(AskedUrl.of(request)).isEqualTo(new AskedUrl("/private/", "a=b"));
  }

  @Test
  void url_forwardedRequestWithoutQuery_hasNoQueryOfForward() {
    dispatched(DispatcherType.FORWARD, "forward.request_uri=/private/");

    assertThat(AskedUrl.of(request)).isEqualTo(new AskedUrl("/private/", null));
  }

  @Test
  void url_filterReachedByErrorPage_isUrlOfFailedPage() {
    dispatched(DispatcherType.ERROR, "error.request_uri=/broken", "error.query_string=c=d");

    assertThat(AskedUrl.of(request)).isEqualTo(new AskedUrl("/broken", "c=d"));
  }

  @Test
  void url_errorPageByForward_hasQueryOfForward() {
    dispatched(
        DispatcherType.ERROR,
        "error.request_uri=/broken",
        "forward.request_uri=/broken",
        "forward.query_string=e=f");

    assertThat(AskedUrl.of(request)).isEqualTo(new AskedUrl("/broken", "e=f"));
  }

  @Test
  void url_filterReachedByAsyncDispatch_isDispatchedUrl() {
    dispatched(DispatcherType.ASYNC, "async.request_uri=/slow", "async.query_string=g=h");

    assertThat(AskedUrl.of(request)).isEqualTo(new AskedUrl("/slow", "g=h"));
  }

  @Test
  void url_errorPageWithoutAttributes_isUrlOfRequest() {
    dispatched(DispatcherType.ERROR);

    assertThat(AskedUrl.of(request)).isEqualTo(new AskedUrl("/now.jsp", "now=1"));
  }

  /**
   * Dispatches the request; each attribute is {@code name=value}, without the prefix {@code
   * jakarta.servlet.}.
   */
  private void dispatched(DispatcherType type, String... attributes) {
    request.setDispatcherType(type);
    for (String attribute : attributes) {
      String[] pair = attribute.split("=", 2);
      request.setAttribute("jakarta.servlet." + pair[0], pair[1]);
    }
  }
}
