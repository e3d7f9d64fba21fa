package io.github.kameleoonservlet.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class RequestKindTest {

  private static RequestKind kind(HttpServletRequest request) {
    return new RequestKind(request, null);
  }

  @ParameterizedTest(name = "{0}: {1} {2} {3} {4}")
  @CsvSource({
    // name, method, site, mode, dest, passive
    "typed address,           GET,  none,        navigate, document, false",
    "link inside,             GET,  same-origin, navigate, document, false",
    "link from elsewhere,     GET,  cross-site,  navigate, document, false",
    "form inside,             POST, same-origin, navigate, document, false",
    "sub-domain,              POST, same-site,   navigate, document, false",
    "single sign-on post,     POST, cross-site,  navigate, document, true",
    "foreign iframe,          GET,  cross-site,  navigate, iframe,   true",
    "foreign image,           GET,  cross-site,  no-cors,  image,    true",
    "foreign fetch,           GET,  cross-site,  cors,     empty,    true",
    "own fetch,               GET,  same-origin, cors,     empty,    false",
    "own fetch,               PUT,  same-origin, cors,     empty,    false",
    "head,                    HEAD, same-origin, navigate, document, true",
    "preflight,               OPTIONS, cross-site, cors,   empty,    true",
    "trace,                   TRACE, none,       navigate, document, true"
  })
  void isPassive_fetchMetadata_followsMethodSiteAndMode(
      String what, String method, String site, String mode, String dest, boolean passive) {
    MockHttpServletRequest request = new MockHttpServletRequest(method, "/");
    request.addHeader("Sec-Fetch-Site", site);
    request.addHeader("Sec-Fetch-Mode", mode);
    request.addHeader("Sec-Fetch-Dest", dest);

    assertThat(kind(request).isPassive()).isEqualTo(passive);
  }

  /** Since Servlet 6.1 the dispatch to an error page is a GET. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "POST,    cross-site,  true",
    "POST,    same-origin, false",
    "PUT,     cross-site,  true",
    "HEAD,    none,        true",
    "OPTIONS, none,        true",
    "GET,     cross-site,  false"
  })
  void isPassive_errorPage_usesMethodOfBrowser(String method, String site, boolean passive) {
    MockHttpServletRequest request = navigation("GET", site);
    request.setDispatcherType(DispatcherType.ERROR);
    request.setAttribute("jakarta.servlet.error.method", method);

    assertThat(kind(request).isPassive()).isEqualTo(passive);
  }

  /** Tomcat forwards to a form-login page by GET, and does not keep the browser's method. */
  @ParameterizedTest(name = "{0} from {1}")
  @CsvSource({
    "cross-site,  https://elsewhere.example, true",
    "cross-site,  null,                      true",
    "cross-site,  ,                          false",
    "same-origin, http://localhost,          false"
  })
  void isPassive_getNavigationWithOrigin_countsAsPost(String site, String origin, boolean passive) {
    MockHttpServletRequest request = navigation("GET", site);
    if (origin != null) {
      request.addHeader("Origin", origin);
    }

    assertThat(kind(request).isPassive()).isEqualTo(passive);
  }

  private static MockHttpServletRequest navigation(String method, String site) {
    MockHttpServletRequest request = new MockHttpServletRequest(method, "/");
    request.addHeader("Sec-Fetch-Site", site);
    request.addHeader("Sec-Fetch-Mode", "navigate");
    request.addHeader("Sec-Fetch-Dest", "document");
    return request;
  }

  @ParameterizedTest(name = "{0} from {1}")
  @CsvSource({
    "GET,  ,                              false",
    "GET,  http://shop.example,           false",
    "GET,  https://elsewhere.example,     true",
    "POST, ,                              false",
    "POST, http://shop.example,           false",
    "POST, http://SHOP.example:8080,      false",
    "POST, https://elsewhere.example,     true",
    "POST, https://shop.example.evil.org, true",
    "POST, null,                          true",
    "POST, '',                            true",
    "POST, '::not a uri::',               true"
  })
  void isPassive_withoutFetchMetadata_followsOrigin(String method, String origin, boolean passive) {
    MockHttpServletRequest request = new MockHttpServletRequest(method, "/");
    request.setServerName("shop.example");
    if (origin != null) {
      request.addHeader("Origin", origin);
    }

    assertThat(kind(request).isPassive()).isEqualTo(passive);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "Sec-Purpose,   prefetch,                       true",
    "Sec-Purpose,   prefetch;prerender,             true",
    "Sec-Purpose,   prefetch; anonymous-client-ip,  true",
    "Sec-Purpose,   'prefetch;prerender;preview',   true",
    "Sec-Purpose,   Prefetch,                       true",
    "Sec-Purpose,   no-prefetch,                    false",
    "Sec-Purpose,   '',                             false",
    "X-Sec-Purpose, prefetch;prerender,             true",
    "X-Sec-Purpose, 'x, prefetch',                  true",
    "Purpose,       prefetch,                       true",
    "Purpose,       preview,                        true",
    "Purpose,       prerender,                      true",
    "Purpose,       shopping,                       false",
    "X-Purpose,     preview,                        true",
    "X-Purpose,     \"PREVIEW\",                    true",
    "X-Moz,         prefetch,                       true",
    "X-Moz,         microsummary,                   false"
  })
  void isPassive_purposeHeader_trueForPrefetch(String header, String purpose, boolean passive) {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
    request.addHeader(header, purpose);

    assertThat(kind(request).isPassive()).isEqualTo(passive);
  }

  @Test
  void isPassive_prefetchInSecondHeaderLine_isTrue() {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
    request.addHeader("Purpose", "other");
    request.addHeader("Purpose", "prefetch");

    assertThat(kind(request).isPassive()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"https://www.shop.example, false", "http://10.0.0.7, true"})
  void isPassive_publicOrigin_replacesHostHeader(String origin, boolean passive) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
    request.setServerName("10.0.0.7");
    request.addHeader("Origin", origin);

    assertThat(new RequestKind(request, Origin.parse("https://www.shop.example")).isPassive())
        .isEqualTo(passive);
  }

  @ParameterizedTest
  @CsvSource({
    "navigate, */*,                    true",
    "cors,     text/html,              false",
    ",         'text/html,*/*;q=0.8',  true",
    ",         */*,                    false",
    ",         ,                       false"
  })
  void isNavigation_withOrWithoutFetchMode_followsModeOrAccept(
      String mode, String accept, boolean navigation) {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
    if (mode != null) {
      request.addHeader("Sec-Fetch-Mode", mode);
    }
    if (accept != null) {
      request.addHeader("Accept", accept);
    }

    assertThat(kind(request).isNavigation()).isEqualTo(navigation);
  }

  @ParameterizedTest
  @CsvSource({
    "https://www.shop.example, https://www.shop.example, true",
    "https://www.shop.example, HTTPS://WWW.shop.example, true",
    "https://www.shop.example, http://www.shop.example,  false",
    "https://www.shop.example:443, https://www.shop.example, true",
    "https://www.shop.example, https://www.shop.example:443, true",
    "HTTPS://WWW.Shop.Example, https://www.shop.example, true",
    "https://www.shop.example:8443, https://www.shop.example:8443, true",
    "https://www.shop.example:8443, https://www.shop.example, false",
    "http://www.shop.example:80, http://www.shop.example, true",
    "http://www.shop.example:443, https://www.shop.example, false",
    "https://www.shop.example, http://10.0.0.7,          false",
    ",                         http://10.0.0.7,          true",
    ",                         https://www.shop.example, false",
    ",                         x,                        false",
    ",                         ftp://10.0.0.7,           false",
    ",                         ,                         false"
  })
  void isSameOrigin_withoutFetchMetadata_comparesPublicOriginOrHost(
      String publicOrigin, String origin, boolean same) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
    request.addHeader("Host", "10.0.0.7");
    if (origin != null) {
      request.addHeader("Origin", origin);
    }
    Origin reached = publicOrigin == null ? null : Origin.parse(publicOrigin);

    assertThat(new RequestKind(request, reached).isSameOrigin()).isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource({
    // site, origin, same origin, another site
    "same-origin, ,                          true,  false",
    "same-site,   http://www.shop.example,   false, false",
    "cross-site,  http://shop.example,       false, true",
    "none,        ,                          false, false",
    ",            http://shop.example,       true,  false",
    ",            http://elsewhere.example,  false, true",
    ",            null,                      false, true",
    ",            ,                          false, false"
  })
  void site_withOrWithoutFetchMetadata_followsMetadataOrOrigin(
      String site, String origin, boolean same, boolean another) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
    request.setServerName("shop.example");
    request.addHeader("Host", "shop.example");
    if (site != null) {
      request.addHeader("Sec-Fetch-Site", site);
    }
    if (origin != null) {
      request.addHeader("Origin", origin);
    }

    assertThat(kind(request).isSameOrigin()).isEqualTo(same);
    assertThat(kind(request).isFromAnotherSite()).isEqualTo(another);
  }

  /** Spring's ForwardedHeaderFilter returns the host that the browser requested from a proxy. */
  @Test
  void site_hostOfProxyFilter_isUsedAsHost() {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
    request.setServerName("10.0.0.7");
    request.addHeader("Origin", "http://shop.example");
    HttpServletRequestWrapper forwarded =
        new HttpServletRequestWrapper(request) {
          @Override
          public String getServerName() {
            return "shop.example";
          }
        };

    assertThat(kind(request).isFromAnotherSite()).isTrue();
    assertThat(kind(forwarded).isFromAnotherSite()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "shop.example:443,  https://shop.example, true",
    "shop.example:80,   http://shop.example,  true",
    "Shop.Example,      https://shop.example, true",
    "shop.example:443,  http://shop.example,  false",
    "shop.example:8443, https://shop.example, false",
    "[::1]:443,         https://[::1],        true",
    "my_shop:443,       https://my_shop,      true"
  })
  void isSameOrigin_hostHeaderWithDefaultPort_equalsOriginWithoutPort(
      String host, String origin, boolean same) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
    request.addHeader("Host", host);
    request.addHeader("Origin", origin);

    assertThat(kind(request).isSameOrigin()).isEqualTo(same);
  }

  @Test
  void publicOrigin_upperCaseAndPort_givesHostAndScheme() {
    Origin reached = Origin.parse("HTTPS://WWW.Shop.Example:443");

    assertThat(new RequestKind(new MockHttpServletRequest(), reached).host())
        .isEqualTo("www.shop.example");
    assertThat(reached.isSecure()).isTrue();
  }

  @Test
  void isSameOrigin_withoutHost_isFalse() {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
    request.addHeader("Origin", "https://null");

    assertThat(kind(request).isSameOrigin()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"http://shop.example, false", "https://shop.example, true"})
  void publicOrigin_withScheme_isSecureForHttpsOnly(String publicOrigin, boolean secure) {
    assertThat(Origin.parse(publicOrigin).isSecure()).isEqualTo(secure);
  }

  @ParameterizedTest
  @CsvSource({
    "::1,         http://[::1]:8080,            false",
    "[::1],       http://[::1]:8080,            false",
    "::1,         http://[::2],                 true",
    "my_shop,     http://my_shop:8080,          false",
    "my_shop,     https://MY_SHOP,              false",
    "my_shop,     http://my_shop@elsewhere,     true",
    "my_shop,     http://my_shop.elsewhere,     true",
    "my_shop,     http://elsewhere/my_shop,     true",
    "my_shop,     my_shop,                      true",
    "my_shop,     null,                         true",
    "my_shop,     '',                           true"
  })
  void isFromAnotherSite_unusualHost_comparesHostOfOrigin(
      String host, String origin, boolean another) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
    request.setServerName(host);
    request.addHeader("Origin", origin);

    assertThat(kind(request).isFromAnotherSite()).isEqualTo(another);
  }

  @ParameterizedTest(name = "{0}, repeating {1}")
  @CsvSource({
    "cross-site,  same-origin, true,  false",
    "same-origin, cross-site,  true,  false",
    "same-site,   same-origin, false, false",
    "same-origin, same-origin, false, true"
  })
  void site_requestRepeatsSavedRequest_considersBothRequests(
      String site, String repeated, boolean another, boolean same) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");
    request.addHeader("Sec-Fetch-Site", site);
    HttpServletRequestWrapper saved =
        new HttpServletRequestWrapper(request) {
          @Override
          public String getHeader(String name) {
            return name.equals("Sec-Fetch-Site") ? repeated : super.getHeader(name);
          }
        };

    assertThat(kind(saved).isFromAnotherSite()).isEqualTo(another);
    assertThat(kind(saved).isSameOrigin()).isEqualTo(same);
  }

  @Test
  void host_serverFailsOnHostHeader_isOfAnotherSite() {
    MockHttpServletRequest request =
        new MockHttpServletRequest("POST", "/") {
          @Override
          public String getServerName() {
            throw new StringIndexOutOfBoundsException("as Undertow 2.2 for [::1");
          }
        };
    request.addHeader("Origin", "https://shop.example");

    assertThat(kind(request).host()).isEmpty();
    assertThat(kind(request).isFromAnotherSite()).isTrue();
  }
}
