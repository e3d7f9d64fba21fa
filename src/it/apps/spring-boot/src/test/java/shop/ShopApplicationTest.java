package shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "server.address=127.0.0.1",
      "server.servlet.context-parameters.kameleoon.previewSecret=0123456789-0123456789-0123456789"
    })
class ShopApplicationTest {

  @Autowired private TestRestTemplate http;

  @ParameterizedTest
  @ValueSource(strings = {"/", "/later"})
  void page_newBrowser_showsIssuedCode(String path) {
    ResponseEntity<Map> page = get(http, path, null);

    assertThat(page.getStatusCode()).isEqualTo(HttpStatus.OK);
    assertThat(page.getBody()).containsEntry("outcome", "ISSUED").containsEntry("user", "null");
    assertThat(page.getBody()).containsEntry("offer", "on");
    assertThat(visitorCookie(page)).isEqualTo("kameleoonVisitorCode=" + page.getBody().get("code"));
  }

  @Test
  void errorPage_newBrowser_setsCookie() {
    assertThat(visitorCookie(get(http, "/no-such-page", null))).isNotEmpty();
  }

  @Test
  void userOfSpringSecurity_inTwoBrowsers_hasOneCode() {
    TestRestTemplate user = http.withBasicAuth("user-1", "demo");
    ResponseEntity<Map> first = get(user, "/", "kameleoonVisitorCode=at-home");
    ResponseEntity<Map> second = get(user, "/", "kameleoonVisitorCode=at-work");
    ResponseEntity<Map> app = get(user, "/api/visitorCode", null);

    assertThat(first.getBody()).containsEntry("user", "user-1");
    String code = (String) first.getBody().get("code");
    assertThat(second.getBody()).containsEntry("code", code);
    assertThat(app.getBody()).containsEntry("visitorCode", code).containsEntry("known", true);
  }

  @Test
  void api_firstCodeOfApp_isResolvedByServlet() {
    ResponseEntity<Map> answer =
        http.postForEntity("/api/syncVisitor", Map.of("visitorCode", "from-app"), Map.class);

    assertThat(answer.getBody()).containsEntry("visitorCode", "from-app");
    assertThat(answer.getHeaders().get(HttpHeaders.SET_COOKIE))
        .as("one cookie, not a drawn one before it")
        .filteredOn(cookie -> cookie.startsWith("kameleoonVisitorCode="))
        .singleElement()
        .asString()
        .startsWith("kameleoonVisitorCode=from-app;");
  }

  @Test
  void statusPage_forRoleOfSpringSecurity_isOpenToOperatorsOnly() {
    assertThat(status(null)).isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(status("user-1")).isEqualTo(HttpStatus.FORBIDDEN);
    assertThat(status("operator-1")).isEqualTo(HttpStatus.OK);
    assertThat(http.getForEntity("/kameleoon/health", String.class).getStatusCode())
        .isEqualTo(HttpStatus.OK);
  }

  private HttpStatusCode status(String user) {
    TestRestTemplate caller = user == null ? http : http.withBasicAuth(user, "demo");
    return caller.getForEntity("/kameleoon/", String.class).getStatusCode();
  }

  @Test
  void previewForm_outsideOfCsrfFilter_makesLinkThatWorks() {
    TestRestTemplate operator = http.withBasicAuth("operator-1", "demo");
    ResponseEntity<String> page = operator.getForEntity("/kameleoon/", String.class);
    String home = http.getRootUri() + "/";
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.APPLICATION_FORM_URLENCODED);
    headers.set(
        HttpHeaders.COOKIE, page.getHeaders().getFirst(HttpHeaders.SET_COOKIE).split(";")[0]);
    MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
    form.add("token", value(page.getBody(), "name=\"token\" value=\""));
    form.add("choice", "off:free-shipping");
    form.add("page", home);
    form.add("hours", "1");

    String answer =
        operator.postForObject("/kameleoon/preview", new HttpEntity<>(form, headers), String.class);

    URI link = URI.create(home + value(answer, "href=\"" + home));
    ResponseEntity<Map> preview = http.getForEntity(link, Map.class);
    assertThat(preview.getBody()).containsEntry("offer", "off");
  }

  /** Returns the value of the attribute that begins with a text. */
  private static String value(String page, String begin) {
    assertThat(page).contains(begin);
    int start = page.indexOf(begin) + begin.length();
    return page.substring(start, page.indexOf('"', start));
  }

  private static ResponseEntity<Map> get(TestRestTemplate http, String path, String cookie) {
    HttpHeaders headers = new HttpHeaders();
    if (cookie != null) {
      headers.set(HttpHeaders.COOKIE, cookie);
    }
    return http.exchange(path, HttpMethod.GET, new HttpEntity<>(headers), Map.class);
  }

  private static String visitorCookie(ResponseEntity<?> answer) {
    return answer.getHeaders().getOrEmpty(HttpHeaders.SET_COOKIE).stream()
        .filter(cookie -> cookie.startsWith("kameleoonVisitorCode="))
        .map(cookie -> cookie.split(";")[0])
        .findFirst()
        .orElse("");
  }
}
