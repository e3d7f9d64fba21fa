package io.github.kameleoonservlet.servlet;

import static io.github.kameleoonservlet.servlet.StatusShop.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests the form of the status page that makes preview links. */
class StatusPreviewTest {

  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  private final StatusShop shop = new StatusShop();
  private String cookie;
  private String token;

  StatusPreviewTest() {
    shop.settings.put("previewSecret", SECRET);
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  /** Opens the page, and keeps the cookie and the hidden text of the form. */
  private MockHttpServletResponse openForm() throws Exception {
    MockHttpServletResponse response = shop.get("/");
    cookie = response.getHeader("Set-Cookie").replaceAll(";.*", "");
    Matcher hidden = Pattern.compile("name=\"token\" value=\"([^\"]+)\"").matcher(text(response));
    assertThat(hidden.find()).isTrue();
    token = hidden.group(1);
    return response;
  }

  private MockHttpServletRequest form(String choice, String page, String hours) {
    MockHttpServletRequest request = shop.operator("POST", "/preview");
    request.addHeader("Cookie", cookie);
    request.setParameter("token", token);
    request.setParameter("choice", choice);
    request.setParameter("page", page);
    request.setParameter("hours", hours);
    return request;
  }

  private MockHttpServletRequest form() {
    return form("treatment:spring-offer", "http://localhost/cart", "24");
  }

  @Test
  void form_isForOneBrowserAndNoOtherSite() throws Exception {
    MockHttpServletResponse response = openForm();

    assertThat(response.getHeader("Set-Cookie"))
        .matches("kameleoonStatus=[A-Za-z0-9_-]{22}; HttpOnly; SameSite=Strict");
    assertThat(text(response))
        .contains("<option value=\"treatment:spring-offer\">spring-offer = treatment</option>")
        .contains("<option value=\"off:spring-offer\">")
        .contains("value=\"http://localhost/\"");
  }

  @Test
  void cookie_ofEarlierPage_isUsedAgain() throws Exception {
    openForm();
    MockHttpServletRequest request = shop.operator("GET", "/");
    request.addHeader("Cookie", cookie);

    assertThat(shop.send(request).getHeader("Set-Cookie")).isNull();
  }

  @Test
  void cookie_ofHttps_isSecure() throws Exception {
    shop.settings.put("publicOrigin", "https://shop.example");

    assertThat(openForm().getHeader("Set-Cookie")).contains("; Secure");
  }

  @Test
  void form_sent_makesALinkAndKeepsTheChoice() throws Exception {
    openForm();
    MockHttpServletResponse response = shop.send(form());

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(text(response))
        .containsPattern("<a href=\"http://localhost/cart\\?kameleoonPreview=1\\.[A-Za-z0-9_.-]+\"")
        .contains("spring-offer = treatment</dd>", "a day</dd>")
        .contains("<option value=\"treatment:spring-offer\" selected=\"selected\">");
  }

  @Test
  void form_ofPlainHttp_makesALinkIfOriginIsOwn() throws Exception {
    MockHttpServletResponse opened = openForm();
    MockHttpServletRequest own = form();
    own.addHeader("Origin", "http://localhost");
    MockHttpServletRequest hidden = form();
    hidden.addHeader("Origin", "null");

    // With "no-referrer" browsers send "Origin: null", and Sec-Fetch-Site on https only.
    assertThat(opened.getHeader("Referrer-Policy")).isEqualTo("strict-origin");
    assertThat(text(shop.send(own))).contains("kameleoonPreview=");
    assertRefused(hidden);
  }

  @Test
  void form_withoutCharset_isReadAsUtf8() throws Exception {
    openForm();
    MockHttpServletRequest request = form();
    shop.send(request);
    MockHttpServletRequest declared = form();
    declared.setCharacterEncoding("ISO-8859-15");
    shop.send(declared);

    assertThat(request.getCharacterEncoding()).isEqualTo("UTF-8");
    assertThat(declared.getCharacterEncoding()).isEqualTo("ISO-8859-15");
  }

  @Test
  void form_withoutItsToken_makesNoLink() throws Exception {
    openForm();
    MockHttpServletRequest request = form();
    request.removeParameter("token");

    assertRefused(request);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.x.y", "", "x"})
  void form_withForgedToken_makesNoLink(String forged) throws Exception {
    openForm();
    token = forged;

    assertRefused(form());
  }

  @Test
  void form_ofAnotherBrowser_makesNoLink() throws Exception {
    openForm();
    cookie = "kameleoonStatus=AAAAAAAAAAAAAAAAAAAAAA";
    assertRefused(form());
    cookie = "a=b";
    assertRefused(form());
  }

  @Test
  void form_sentByAnotherSite_makesNoLink() throws Exception {
    openForm();
    MockHttpServletRequest request = form();
    request.addHeader("Sec-Fetch-Site", "cross-site");

    assertRefused(request);
  }

  private void assertRefused(MockHttpServletRequest request) throws Exception {
    MockHttpServletResponse response = shop.send(request);

    assertThat(response.getStatus()).isEqualTo(403);
    assertThat(text(response)).contains("The form is too old").doesNotContain("kameleoonPreview");
  }

  @Test
  void form_ofCallerWithoutRole_getsTheProtectionPage() throws Exception {
    openForm();
    MockHttpServletRequest request = form();
    request.removeAllParameters();
    MockHttpServletRequest stranger = shop.request("POST", "/preview");
    stranger.addHeader("Cookie", cookie);
    stranger.setParameter("token", token);

    assertThat(text(shop.send(stranger))).contains("This page is protected");
  }

  @Test
  void preview_read_isRefused() throws Exception {
    MockHttpServletResponse response = shop.get("/preview");

    assertThat(response.getStatus()).isEqualTo(405);
    assertThat(response.getHeader("Allow")).isEqualTo("POST");
  }

  @ParameterizedTest
  @CsvSource({
    "treatment:spring-offer, https://other.example/, 24, URL of this site",
    "treatment:spring-offer, '', 24, URL of this site",
    "treatment:spring-offer, javascript:alert(1), 24, URL of this site",
    "treatment:spring-offer, http://localhost/, 25, Choose a variation",
    "treatment, http://localhost/, 24, Choose a variation",
    "none:spring-offer, http://localhost/, 24, has no variation with this key",
    "on:<script>, http://localhost/, 24, has no feature with this key"
  })
  void form_wrongValue_isExplained(String choice, String page, String hours, String message)
      throws Exception {
    openForm();
    MockHttpServletResponse response = shop.send(form(choice, page, hours));

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(text(response)).contains(message).doesNotContain("kameleoonPreview=", "<script");
  }

  @Test
  void preview_withoutSecret_isExplained() throws Exception {
    shop.settings.remove("previewSecret");
    MockHttpServletResponse response = shop.get("/");

    assertThat(text(response)).contains("Set previewSecret").doesNotContain("name=\"token\"");
    assertThat(response.getHeader("Set-Cookie")).isNull();
    assertThat(shop.send(shop.operator("POST", "/preview")).getStatus()).isEqualTo(403);
  }

  @Test
  void preview_inObserveMode_isExplained() throws Exception {
    shop.settings.put("mode", "observe");

    assertThat(text(shop.get("/"))).contains("In observe mode no link works.");
  }
}
