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
    // An attribute that an earlier filter sets does not count.
    request.setAttribute("jakarta.servlet.forward.request_uri", "/other");

    assertThat(AskedUrl.of(request)).isEqualTo(new AskedUrl("/now.jsp", "now=1"));
  }

  @Test
  void url_filterReachedByForward_isForwardedUrl() {
    request.setDispatcherType(DispatcherType.FORWARD);
    request.setAttribute("jakarta.servlet.forward.request_uri", "/private/");
    request.setAttribute("jakarta.servlet.forward.query_string", "a=b");

    assertThat(AskedUrl.of(request)).isEqualTo(new AskedUrl("/private/", "a=b"));
  }

  @Test
  void url_forwardedRequestWithoutQuery_hasNoQueryOfForward() {
    request.setDispatcherType(DispatcherType.FORWARD);
    request.setAttribute("jakarta.servlet.forward.request_uri", "/private/");

    assertThat(AskedUrl.of(request)).isEqualTo(new AskedUrl("/private/", null));
  }

  @Test
  void url_filterReachedByErrorPage_isUrlOfFailedPage() {
    request.setDispatcherType(DispatcherType.ERROR);
    request.setAttribute("jakarta.servlet.error.request_uri", "/broken");
    request.setAttribute("jakarta.servlet.error.query_string", "c=d");

    assertThat(AskedUrl.of(request)).isEqualTo(new AskedUrl("/broken", "c=d"));
  }

  @Test
  void url_errorPageByForward_hasQueryOfForward() {
    request.setDispatcherType(DispatcherType.ERROR);
    request.setAttribute("jakarta.servlet.error.request_uri", "/broken");
    request.setAttribute("jakarta.servlet.forward.request_uri", "/broken");
    request.setAttribute("jakarta.servlet.forward.query_string", "e=f");

    assertThat(AskedUrl.of(request)).isEqualTo(new AskedUrl("/broken", "e=f"));
  }

  @Test
  void url_filterReachedByAsyncDispatch_isDispatchedUrl() {
    request.setDispatcherType(DispatcherType.ASYNC);
    request.setAttribute("jakarta.servlet.async.request_uri", "/slow");
    request.setAttribute("jakarta.servlet.async.query_string", "g=h");

    assertThat(AskedUrl.of(request)).isEqualTo(new AskedUrl("/slow", "g=h"));
  }

  @Test
  void url_errorPageWithoutAttributes_isUrlOfRequest() {
    request.setDispatcherType(DispatcherType.ERROR);

    assertThat(AskedUrl.of(request)).isEqualTo(new AskedUrl("/now.jsp", "now=1"));
  }
}
