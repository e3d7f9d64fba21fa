package io.github.kameleoonservlet.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the responses of an application with the filter and without it, for forwards and files.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ForwardIT {

  /** The headers of the filter, and those that depend on the time of a request or deployment. */
  private static final Set<String> MAY_DIFFER =
      Set.of("set-cookie", "cache-control", "date", "last-modified", "etag");

  @ArquillianResource
  @OperateOnDeployment("forwards")
  private URL forwards;

  @ArquillianResource
  @OperateOnDeployment("bare")
  private URL bare;

  @Deployment(name = "forwards", testable = false)
  static WebArchive forwards() {
    return Wars.folder("forwards").addClass(ForwardPage.class);
  }

  @Deployment(name = "bare", testable = false)
  static WebArchive bare() {
    return Wars.folder(
            "forwards",
            "bare",
            Map.of("<url-pattern>/*</url-pattern>", "<url-pattern>/nothing</url-pattern>"))
        .addClass(ForwardPage.class);
  }

  static List<Arguments> requests() {
    return List.of(
        Arguments.of("HEAD", "forward?to=/page.jsp", ""),
        Arguments.of("HEAD", "forward?to=/plain.html", ""),
        Arguments.of("HEAD", "forward?to=/plain.html&by=context", ""),
        Arguments.of("HEAD", "jsp-forward.jsp", ""),
        Arguments.of("HEAD", "forward?to=/empty", ""),
        Arguments.of("GET", "forward?to=/empty", ""),
        Arguments.of("GET", "forward?to=/empty&by=context", ""),
        Arguments.of("GET", "forward?to=/forward?to=/empty", ""),
        Arguments.of("GET", "forward?to=/error", ""),
        Arguments.of("GET", "forward?to=/page.jsp", ""),
        Arguments.of("GET", "forward?to=/page.jsp&late=1", ""),
        Arguments.of("GET", "forward?to=/plain.html", ""),
        Arguments.of("GET", "forward?to=/plain.html", "If-Match: \"another\""),
        Arguments.of("GET", "forward?to=/plain.html", "If-None-Match: *"),
        Arguments.of("GET", "forward?to=/plain.html", "Range: bytes=900-999"),
        Arguments.of("GET", "forward?to=/plain.html", "Range: bytes=0-3"),
        Arguments.of("GET", "forward?to=/file.pdf", ""),
        Arguments.of("GET", "plain.html", ""),
        Arguments.of("GET", "file.pdf", "If-None-Match: *"),
        Arguments.of("GET", "error", ""));
  }

  /** Undertow sets a charset in the response of a forward behind any wrapper. */
  @ParameterizedTest
  @MethodSource("requests")
  @Tag("tomcat")
  void response_withFilter_equalsResponseWithoutFilter(String method, String path, String header)
      throws URISyntaxException {
    Page with = send(forwards.toURI(), method, path, header);
    Page without = send(bare.toURI(), method, path, header);

    assertThat(without.status()).isNotZero();
    assertThat(with.status()).isEqualTo(without.status());
    assertThat(headers(with)).containsExactlyInAnyOrderElementsOf(headers(without));
    assertThat(with.body()).isEqualTo(without.body());
  }

  @Test
  void emptyForward_applicationWritesAfterwards_equalsResponseWithoutFilter()
      throws URISyntaxException {
    Page with = send(forwards.toURI(), "GET", "forward?to=/empty&late=1", "");
    Page without = send(bare.toURI(), "GET", "forward?to=/empty&late=1", "");

    assertThat(with.status()).isEqualTo(without.status()).isEqualTo(200);
    assertThat(with.body()).isEqualTo(without.body()).doesNotContain("too late");
  }

  @Test
  void file_otherThanPage_isUnchanged() throws URISyntaxException {
    for (String path : List.of("file.pdf", "forward?to=/file.pdf")) {
      for (String header : List.of("X-Nothing: 1", "If-None-Match: *")) {
        Page file = send(forwards.toURI(), "GET", path, header);

        assertThat(file.status()).isIn(200, 304);
        assertThat(file.header("set-cookie")).as("%s %s: %s", path, header, file).isEmpty();
        assertThat(file.header("cache-control")).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void page_withoutRead_setsCookieAndIsPrivate(String path) throws URISyntaxException {
    Page page = send(forwards.toURI(), "GET", path, "Sec-Fetch-Site: none");

    assertThat(page.cookieCode()).matches("[a-z0-9]{16}");
    // Jetty's error page sets no-store.
    assertThat(page.header("cache-control").toList().toString())
        .containsAnyOf("private", "no-store");
  }

  static List<String> pages() {
    return List.of(
        "plain.html",
        "page.jsp",
        "jsp-forward.jsp",
        "forward?to=/page.jsp",
        "forward?to=/plain.html&by=context",
        "forward?to=/empty",
        "empty",
        "error",
        "no-such-page");
  }

  private static Page send(URI app, String method, String path, String header) {
    StringBuilder request = new StringBuilder(method);
    request.append(' ').append(app.getPath()).append(path).append(" HTTP/1.1\r\n");
    request.append("Host: ").append(app.getRawAuthority()).append("\r\nConnection: close\r\n");
    request.append(header).append(header.isEmpty() ? "" : "\r\n").append("\r\n");
    return RawRequest.send(app, request.toString().getBytes(UTF_8));
  }

  private static List<String> headers(Page page) {
    return page.headers().stream()
        .filter(header -> !MAY_DIFFER.contains(header.name()))
        .map(header -> header.name() + ": " + header.value())
        // Jetty sets this header in a response without a body, or omits it.
        .filter(header -> !header.equals("content-length: 0"))
        .toList();
  }
}
