package io.github.kameleoonservlet.it;

import static io.github.kameleoonservlet.it.HostileRequest.PLANTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests invalid requests, sent to a page behind the filter and to the same page without the filter.
 *
 * <p>Each server refuses different invalid requests by itself; the filter must add no further
 * effect. Both paths have the same length, so that limits of a server apply to both alike.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class HostileRequestsIT {

  private static final int LEAST = 500;
  private static final int SOME = 50;
  private static final int AGAIN = 20;

  @ArquillianResource
  @OperateOnDeployment("guarded")
  private URL guarded;

  @ArquillianResource
  @OperateOnDeployment("without")
  private URL without;

  @Deployment(name = "guarded", testable = false)
  static WebArchive guarded() {
    return Wars.folder("guarded").addClasses(PlainPage.class, HeaderOperators.class);
  }

  @Deployment(name = "without", testable = false)
  static WebArchive without() {
    return ShrinkWrap.create(WebArchive.class, "without.war")
        .setWebXML(Wars.property("it.webapps").resolve("without/WEB-INF/web.xml").toFile())
        .addClass(PlainPage.class);
  }

  @Test
  void hostileRequest_withFilter_isAnsweredAsWithoutFilter() throws URISyntaxException {
    Page first = new Browser(guarded.toURI()).open("page");
    assertThat(first.code()).matches("[a-z0-9]{16}").isEqualTo(first.cookieCode());
    assertThat(new Browser(without.toURI()).open("page").code()).isEqualTo("null");
    List<HostileRequest> requests = HostileRequests.all();
    Map<String, Integer> answers = new TreeMap<>();
    List<String> failures = new ArrayList<>();
    int issued = 0;
    int kept = 0;
    for (HostileRequest request : requests) {
      Page plain = send(without.toURI(), request);
      Page page = send(guarded.toURI(), request);
      String wrong = wrong(request, plain, page);
      if (wrong != null) {
        failures.add(wrong + "\n  " + request);
      }
      answers.merge(plain.status() + " -> " + page.status(), 1, Integer::sum);
      boolean cookie = page.status() == 200 && page.cookieCode() != null;
      issued += cookie && request.visitor() == null ? 1 : 0;
      kept += cookie && request.visitor() != null ? 1 : 0;
    }
    System.out.printf(
        "Hostile requests: %d sent, %d failed, %d got a new code, %d kept theirs;"
            + " without the filter -> with it: %s%n",
        requests.size(), failures.size(), issued, kept, answers);

    assertThat(failures).isEmpty();
    assertThat(requests).hasSizeGreaterThan(LEAST);
    assertThat(issued).as("new visitors got a cookie").isGreaterThan(SOME);
    assertThat(kept).as("visitors with a code got it again").isGreaterThan(SOME);
  }

  @Test
  void hostileRequest_toStatus_getsProtectionPageOrEscapedPage() throws URISyntaxException {
    String protection = RawRequest.send(guarded.toURI(), get("/kameleoon/")).body();
    assertThat(protection).contains("This page is protected");
    List<String> failures = new ArrayList<>();
    Map<String, Integer> answers = new TreeMap<>();
    for (String sender : List.of("", HeaderOperators.LINE)) {
      for (HostileRequest request : HostileStatus.all(sender)) {
        Page plain = send(without.toURI(), request);
        Page page = send(guarded.toURI(), request);
        String wrong = wrongStatus(request, sender.isEmpty() ? protection : null, plain, page);
        if (wrong != null) {
          failures.add(wrong + "\n  " + request);
        }
        answers.merge(plain.status() + " -> " + page.status(), 1, Integer::sum);
      }
    }
    System.out.printf(
        "Hostile requests to the status: %d failed; without the servlet -> with it: %s%n",
        failures.size(), answers);

    assertThat(failures).isEmpty();
    assertThat(answers).containsKeys("200 -> 200", "200 -> 403");
  }

  private byte[] get(String path) throws URISyntaxException {
    String app = guarded.toURI().getPath();
    return HostileRequest.raw(
            "", "GET " + app + path.substring(1) + " HTTP/1.1\r\nHost: localhost\r\n\r\n", false)
        .bytes("");
  }

  /**
   * Returns the fault in an answer of the status servlet, or null.
   *
   * @param protection the only page that the sender may see except the health; null for an operator
   */
  private static String wrongStatus(
      HostileRequest request, String protection, Page plain, Page page) {
    boolean equal = page.status() == plain.status();
    if (plain.status() != 200) {
      // The server has refused the request.
      return equal ? null : plain.status() + " became " + page.status();
    }
    if (equal && request.text().contains("/..;/")) {
      // On WildFly 39 the path is one of the servlet, on other servers one of the page.
      return null;
    }
    boolean health =
        page.body().startsWith("{\"status\":\"UP\"")
            || (request.text().matches("(?s)HEAD [^ ]*/health[ ;].*") && page.status() == 200);
    if (protection != null && !health) {
      boolean same = page.body().isEmpty() || page.body().equals(protection);
      return page.status() == 403 && same
          ? null
          : "a stranger sees: " + page.status() + page.body();
    }
    if (!List.of(200, 302, 403, 404, 405).contains(page.status())) {
      return "an error: " + page.status() + page.body();
    }
    if (contains(page, PLANTED) || page.header("x-planted").findAny().isPresent()) {
      return "an echo: " + page.headers() + page.body();
    }
    return page.visitorCookies().isEmpty() ? null : "a visitor: " + page.visitorCookies();
  }

  /**
   * Sends the request; sends it again when a server that did not read to the end has reset the
   * connection, and the response is lost.
   */
  private static Page send(URI app, HostileRequest request) {
    String path = app.getPath();
    byte[] bytes = request.bytes(path.substring(0, path.length() - 1));
    Page page = RawRequest.send(app, bytes);
    for (int more = AGAIN; page.status() == 0 && more > 0; more--) {
      page = RawRequest.send(app, bytes);
    }
    return page;
  }

  /** Returns the fault in the response of the page behind the filter, or null. */
  private static String wrong(HostileRequest request, Page plain, Page page) {
    if (!request.headEnds() && isRefusedByServer(plain) && isRefusedByServer(page)) {
      // No application gets a request whose head is incomplete. The server may respond with 400 or
      // close the connection; Jetty does either, depending on when the bytes and their end arrive.
      return null;
    }
    boolean problem = request.api() && isProblem(page);
    boolean erased = request.api() && page.status() == 204;
    if (page.status() != plain.status()
        && !problem
        && !(request.api() && plain.status() == 200 && page.status() == 204)) {
      return plain.status() + " became " + page.status() + ": " + page.body();
    }
    if (contains(page, PLANTED) && !contains(plain, PLANTED)) {
      return "an echo: " + page.headers() + page.body();
    }
    if (page.header("x-planted").findAny().isPresent()) {
      return "a header was injected: " + page.headers();
    }
    if (page.visitorCookies().size() > (problem ? 0 : 1)) {
      return "too many cookies: " + page.visitorCookies();
    }
    String cookie = page.cookieCode();
    if (cookie != null && !cookie.matches(Shop.VALID_CODE) && !(erased && cookie.isEmpty())) {
      return "an invalid cookie: " + cookie;
    }
    if (request.visitor() != null && page.status() == 200) {
      if (cookie != null && !cookie.equals(request.visitor())) {
        return "a second code: " + cookie;
      }
      if (!page.body().isEmpty() && !page.body().contains(request.visitor())) {
        return "another visitor: " + page.body();
      }
    }
    return null;
  }

  /** Returns whether the server closed the connection or responded with 400. */
  private static boolean isRefusedByServer(Page page) {
    return page.status() == 0 || page.status() == 400;
  }

  /** Returns whether the API refused the request in its documented form. */
  private static boolean isProblem(Page page) {
    return page.status() / 100 == 4
        && page.header("content-type").anyMatch(type -> type.contains("application/problem+json"))
        && (page.body().isEmpty() || page.body().contains("\"status\":" + page.status()));
  }

  private static boolean contains(Page page, String text) {
    String all = page.headers() + page.body();
    return all.toLowerCase(Locale.ROOT).contains(text);
  }
}
