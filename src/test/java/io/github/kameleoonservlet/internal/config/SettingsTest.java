package io.github.kameleoonservlet.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.UserIdResolver;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.http.Origin;
import jakarta.servlet.ServletException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockServletContext;

class SettingsTest {

  private final MockServletContext context = new MockServletContext();
  private final MockFilterConfig filter = new MockFilterConfig(context, "visitor");
  private final Map<String, String> environment = new HashMap<>();
  private final Parameters parameters = new Parameters(filter, environment::get);

  // ---- the sources of values

  @Test
  void settings_nothingSet_haveDefaults() throws Exception {
    Settings settings = Settings.read(parameters);

    assertThat(settings.user().userId()).isEqualTo("principal");
    assertThat(settings.user().notUsers()).contains("anonymousUser", "null", "0", "-1");
    assertThat(settings.store())
        .isEqualTo(
            new Settings.Store(
                null, null, null, null, null, null, null, "create", 250, 10_000, 60));
    assertThat(settings.platform())
        .isEqualTo(
            new PlatformSettings(null, null, null, null, null, null, null, null, null, 10_000));
    assertThat(settings.page().topLevelDomains()).isEmpty();
    assertThat(settings.user().renewAfterSignOut()).isFalse();
    assertThat(settings.consents())
        .isEqualTo(new Settings.Consents(false, null, "kameleoonConsent", "granted"));
    assertThat(settings.page().cookieSameSite()).isEqualTo("Lax");
    assertThat(settings.page().cookieAlwaysSecure()).isFalse();
  }

  @Test
  void initParam_withContextParam_overridesIt() throws Exception {
    context.addInitParameter("kameleoon.featureKey", "far");
    context.addInitParameter("kameleoon.siteCode", "site");
    filter.addInitParameter("featureKey", "near");

    Settings settings = Settings.read(parameters);

    assertThat(settings.page().featureKey()).isEqualTo("near");
    assertThat(settings.platform().siteCode()).isEqualTo("site");
  }

  @Test
  void value_reference_isReadOnlyIfWholeValue() throws Exception {
    environment.put("SITE", "from-environment");
    System.setProperty("kameleoon.test.key", "from-system");
    filter.addInitParameter("siteCode", "env:SITE");
    filter.addInitParameter("featureKey", "sys:kameleoon.test.key");
    filter.addInitParameter("environment", "the env:SITE");
    try {
      Settings settings = Settings.read(parameters);

      assertThat(settings.platform().siteCode()).isEqualTo("from-environment");
      assertThat(settings.page().featureKey()).isEqualTo("from-system");
      assertThat(settings.platform().environment()).isEqualTo("the env:SITE");
    } finally {
      System.clearProperty("kameleoon.test.key");
    }
  }

  @ParameterizedTest
  @CsvSource({"env:NOT_SET", "sys:kameleoon.not.set", "env:", "sys:", "''", "'  '", "env:BLANK"})
  void setting_unsetOrBlank_countsAsAbsent(String value) throws Exception {
    environment.put("BLANK", " ");
    context.addInitParameter("kameleoon.featureKey", "far");
    filter.addInitParameter("featureKey", value);

    assertThat(Settings.read(parameters).page().featureKey()).isEqualTo("far");
  }

  @Test
  void unset_unresolvedReferences_areNamed() throws Exception {
    environment.put("SITE", "my-site");
    filter.addInitParameter("siteCode", "env:SITE");
    filter.addInitParameter("clientId", "env:CLIENT_ID");
    context.addInitParameter("kameleoon.clientSecret", " sys:no.such.property");

    assertThat(parameters.unset()).isEmpty();
    Settings.read(parameters);

    assertThat(parameters.unset())
        .isEqualTo(". Not set: clientId=env:CLIENT_ID, clientSecret=sys:no.such.property");
  }

  @Test
  void inEffect_eachSource_isNamedAndSecretsAreMasked() throws Exception {
    environment.put("SITE", "my-site");
    System.setProperty("kameleoon.test.secret", "s3cret");
    filter.addInitParameter("siteCode", "env:SITE");
    filter.addInitParameter("featureKey", "banner");
    filter.addInitParameter("clientId", "env:NOT_SET");
    context.addInitParameter("kameleoon.clientSecret", " sys:kameleoon.test.secret ");
    context.addInitParameter(
        "kameleoon.jdbcUrl", "jdbc:mysql://user:s3cret@db/shop?password=s3cret");
    context.addInitParameter("kameleoon.featureKey", "far");
    try {
      Settings.read(parameters);

      assertThat(parameters.inEffect())
          .extracting(one -> one.name() + " | " + one.text() + " | " + one.origin())
          .contains(
              "siteCode | my-site | init-param, environment variable SITE",
              "featureKey | banner | init-param",
              "clientSecret | *** | context-param, system property kameleoon.test.secret",
              "jdbcUrl | jdbc:mysql:***@db/shop | context-param",
              "userId | principal | default")
          .anyMatch(one -> one.startsWith("exclude | *.css,") && one.endsWith(" | default"))
          .noneMatch(one -> one.contains("s3cret") || one.startsWith("clientId"))
          .isSorted();
      assertThat(parameters.summary()).doesNotContain("exclude");
    } finally {
      System.clearProperty("kameleoon.test.secret");
    }
  }

  @Test
  void dataFile_siteCodeAtNearerLevel_isHidden() throws Exception {
    context.addInitParameter("kameleoon.dataFile", "/WEB-INF/data.json");
    filter.addInitParameter("siteCode", "env:SITE");

    assertThat(Settings.read(parameters).platform().dataFile()).isEqualTo("/WEB-INF/data.json");
    environment.put("SITE", "site");
    assertThat(Settings.read(parameters).platform().dataFile()).isNull();
    assertThat(parameters.summary()).doesNotContain("dataFile").contains("siteCode=site");
    filter.addInitParameter("dataFile", "/other.json");
    assertThat(Settings.read(parameters).platform().dataFile()).isEqualTo("/other.json");
  }

  @Test
  void persistenceUnit_jdbcUrlAtNearerLevel_isHidden() throws Exception {
    context.addInitParameter("kameleoon.persistenceUnit", "shop");
    filter.addInitParameter("jdbcUrl", "env:URL");

    assertThat(Settings.read(parameters).store().persistenceUnit()).isEqualTo("shop");
    environment.put("URL", "jdbc:h2:mem:codes");
    assertThat(Settings.read(parameters).store().persistenceUnit()).isNull();
    assertThat(parameters.summary())
        .doesNotContain("persistenceUnit")
        .contains("jdbcUrl=jdbc:h2:mem:codes");
    filter.addInitParameter("persistenceUnit", "shop");
    assertThatThrownBy(() -> Settings.read(parameters))
        .isInstanceOf(ServletException.class)
        .hasMessageContainingAll("'persistenceUnit'", "no value together with jdbcUrl");
  }

  // ---- refused values

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "storeSchema        | update              | create, validate, none",
        "storeTimeoutMillis | soon                | a whole number from 10 to 60000",
        "storeTimeoutMillis | 9                   | a whole number from 10 to 60000",
        "storeTimeoutMillis | 99999999999         | a whole number from 10 to 60000",
        "cacheSize          | -1                  | a whole number from 0",
        "cacheSeconds       | 0                   | a whole number from 1",
        "platformTimeoutMillis | 1                | a whole number from 100",
        "rememberedVisitors | -1                  | a whole number from 0 to 1000000",
        "cookieSecure       | yes                 | auto, always",
        "cookieSameSite     | Strict              | Lax, None",
        "cookieSameSite     | None                | only together with cookieSecure=always",
        "topLevelDomain     | com                 | at least two labels",
        "topLevelDomain     | shop.example;magasin.example | at least two labels",
        "topLevelDomain     | https://shop.example | at least two labels",
        "publicOrigin       | shop.example        | scheme and host",
        "publicOrigin       | https://shop.example/x | scheme and host",
        "publicOrigin       | ftp://shop.example  | scheme and host",
        "publicOrigin       | https://shop example | scheme and host",
        "publicOrigin       | https://shop.example:65536 | scheme and host",
        "afterSignOut       | forget              | keep, renew",
        "consent            | yes                 | notRequired, required",
        "consentCookie      | agreed=yes          | only together with consent=required",
        "consentResolver    | a.Resolver          | only together with consent=required",
        "exclude            | css                 | *.ext, /dir/* or /exact/path",
        "jdbcUrl            | h2:                 | begins with jdbc:"
      })
  void setting_malformed_namesParameterValueAndAllowedValues(
      String name, String value, String allowed) {
    filter.addInitParameter(name, value);

    assertThatThrownBy(() -> Settings.read(parameters))
        .isInstanceOf(ServletException.class)
        .hasMessageContainingAll(name, value, allowed, "visitor");
  }

  @ParameterizedTest
  @CsvSource({
    "dataSource, jdbc/x, jdbcUrl, jdbc:h2:mem:x",
    "store, a.Store, jdbcUrl, jdbc:h2:mem:x",
    "store, a.Store, dataSource, jdbc/x",
    "persistenceUnit, shop, jdbcUrl, jdbc:h2:mem:x",
    "persistenceUnit, shop, dataSource, jdbc/x",
    "store, a.Store, persistenceUnit, shop"
  })
  void stores_two_areRefused(String name, String value, String other, String otherValue) {
    filter.addInitParameter(name, value);
    filter.addInitParameter(other, otherValue);

    assertThatThrownBy(() -> Settings.read(parameters))
        .hasMessageContainingAll(name, value, "no value together with " + other);
  }

  @ParameterizedTest(name = "{0} beside {2}")
  @CsvSource({
    "jdbcUser,        shop,       dataSource,      jdbc/x,       only together with jdbcUrl",
    "jdbcPassword,    s3cret,     persistenceUnit, shop,         only together with jdbcUrl",
    "jdbcDriver,      a.Driver,   store,           a.Store,      only together with jdbcUrl",
    "jdbcUser,        shop,       siteCode,        my-site,      only together with jdbcUrl",
    "storeSchema,     validate,   store,           a.Store,      no value together with store",
    "storeSchema,     create,     store,           a.Store,      no value together with store",
    "cacheSeconds,    60,         cacheSize,       0,            no value together"
        + " with cacheSize=0",
    "clientId,        my-client,  dataFile,        /data.json,   no value together with dataFile",
    "clientSecret,    s3cret,     dataFile,        /data.json,   no value together with dataFile",
    "proxyHost,       proxy:8080, dataFile,        /data.json,   no value together with dataFile",
    "platformTimeoutMillis, 500,  dataFile,        /data.json,   no value together with dataFile",
    "remoteVisitorData, true,     dataFile,        /data.json,   no value together with dataFile",
    "topLevelDomain,  a.example,  publicOrigin,    https://b.example, a domain of publicOrigin",
    "topLevelDomain,  'a.example,b.example', publicOrigin, https://www.b.example, a domain of"
  })
  void setting_withoutEffect_isRefused(
      String name, String value, String other, String otherValue, String allowed) {
    filter.addInitParameter(name, value);
    filter.addInitParameter(other, otherValue);

    assertThatThrownBy(() -> Settings.read(parameters))
        .isInstanceOf(ServletException.class)
        .hasMessageContainingAll("'" + name + "'", allowed)
        .hasMessageNotContaining("s3cret");
  }

  /** A context-param may be the fallback of another deployment. */
  @ParameterizedTest(name = "{0} farther than {2}")
  @CsvSource({
    "storeSchema,  validate,  store,     a.Store",
    "cacheSeconds, 60,        cacheSize, 0",
    "clientId,     my-client, dataFile,  /data.json"
  })
  void settingWithoutEffect_hiddenByNearerSetting_isAccepted(
      String name, String value, String other, String otherValue) throws Exception {
    context.addInitParameter("kameleoon." + name, value);
    filter.addInitParameter(other, otherValue);

    assertThat(Settings.read(parameters)).isNotNull();
  }

  @Test
  void settingWithoutEffect_nearerThanHidingSetting_isRefused() {
    context.addInitParameter("kameleoon.dataFile", "/data.json");
    filter.addInitParameter("clientId", "my-client");

    assertThatThrownBy(() -> Settings.read(parameters))
        .hasMessageContainingAll("clientId", "no value together with dataFile");
  }

  @Test
  void setting_requiredSettingRefersToUnsetVariable_isAccepted() throws Exception {
    filter.addInitParameter("jdbcUrl", "env:NOT_SET");
    filter.addInitParameter("jdbcUser", "shop");
    context.addInitParameter("kameleoon.jdbcPassword", "s3cret");

    assertThat(Settings.read(parameters).store().jdbcUrl()).isNull();
  }

  @Test
  void credentials_siteCodeHidesDataFile_areUsed() throws Exception {
    context.addInitParameter("kameleoon.dataFile", "/data.json");
    filter.addInitParameter("siteCode", "my-site");
    filter.addInitParameter("clientId", "my-client");

    assertThat(Settings.read(parameters).platform().clientId()).isEqualTo("my-client");
  }

  @ParameterizedTest
  @CsvSource({
    "agreed",
    "=yes",
    "agreed=",
    "'a b=c'",
    "'agreed=a;b'",
    "'agreed=a\"b'",
    "kameleoonVisitorCode=x"
  })
  void consentCookie_invalidForm_isRefused(String cookie) {
    filter.addInitParameter("consent", "required");
    filter.addInitParameter("consentCookie", cookie);

    assertThatThrownBy(() -> Settings.read(parameters))
        .isInstanceOf(ServletException.class)
        .hasMessageContainingAll("consentCookie", "name=value");
  }

  @Test
  void consent_cookieAndResolver_areRefused() throws Exception {
    filter.addInitParameter("consent", "required");
    filter.addInitParameter("consentCookie", "agreed=yes:1|2");
    assertThat(Settings.read(parameters).consents())
        .isEqualTo(new Settings.Consents(true, null, "agreed", "yes:1|2"));
    filter.addInitParameter("consentResolver", "a.Resolver");

    assertThatThrownBy(() -> Settings.read(parameters))
        .hasMessageContaining("no value together with");
  }

  @ParameterizedTest
  @CsvSource({"userIdSecret, env:LOST", "userIdSecretPrevious, sys:lost.too"})
  void secret_unsetReference_isRefused(String name, String reference) {
    filter.addInitParameter("userIdSecret", "s3cret");
    filter.addInitParameter(name, reference);

    assertThatThrownBy(() -> Settings.read(parameters))
        .isInstanceOf(ServletException.class)
        .hasMessageContainingAll(name, reference, "every stored user id depends on the secret");
  }

  @Test
  void previousSecret_withoutSecret_isRefusedWithoutValue() {
    filter.addInitParameter("userIdSecretPrevious", "s3cret");

    assertThatThrownBy(() -> Settings.read(parameters))
        .hasMessageContaining("userIdSecret")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void unknownSetting_inFilter_isRefusedWithKnownNames() {
    filter.addInitParameter("sitecode", "x");

    assertThatThrownBy(() -> Settings.read(parameters))
        .isInstanceOf(ServletException.class)
        .hasMessageContainingAll("'sitecode'", "siteCode", "cookieSameSite");
  }

  @Test
  void unknownContextParam_withPrefix_isRefused() throws Exception {
    context.addInitParameter("theirs", "x");
    Settings.read(parameters);
    context.addInitParameter("kameleoon.typo", "x");

    assertThatThrownBy(() -> Settings.read(parameters)).hasMessageContaining("kameleoon.typo");
  }

  // ---- the printed summary

  @Test
  void summary_secrets_areMasked() throws Exception {
    filter.addInitParameter("clientSecret", "s3cret");
    filter.addInitParameter("userIdSecret", "s3cret");
    filter.addInitParameter("jdbcPassword", "s3cret");
    filter.addInitParameter("previewSecret", "s3cret".repeat(6));
    filter.addInitParameter(
        "jdbcUrl", "jdbc:postgresql://joe:s3cret@db/x?user=joe&password=s3cret&sslPassword=s3cret");
    Settings.read(parameters);

    assertThat(parameters.summary())
        .doesNotContain("s3cret")
        .contains("clientSecret=***", "jdbcUrl=jdbc:postgresql:***@db/x");
  }

  @Test
  void summary_defaults_areShown() throws Exception {
    filter.addInitParameter("cacheSeconds", "5");
    Settings.read(parameters);

    assertThat(parameters.summary())
        .contains("userId=principal", "cacheSeconds=5", "storeTimeoutMillis=250")
        .doesNotContain("*.css");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:h2:file:/x;USER=sa;PASSWORD=s3cret;CIPHER=AES       | jdbc:h2:file:/x",
        "jdbc:oracle:thin:scott/s3cret@//db:1521/x                | jdbc:oracle:***@//db:1521/x",
        "jdbc:sqlserver://db;user=a;password={x;s3cret};encrypt=1 | jdbc:sqlserver://db",
        "jdbc:postgresql://joe:a/s3cret@db/x                      | jdbc:postgresql:***@db/x",
        "jdbc:postgresql://db/x?user=a&password=s3cr@s3cr         | jdbc:postgresql:***",
        "jdbc:postgresql://db/x?password=a@s3cr                   | jdbc:postgresql:***",
        "jdbc:h2:file:/x;PASSWORD=a@s3cr                          | jdbc:h2:***",
        "jdbc:sqlserver://db;user=a;password=a@s3cr;encrypt=1     | jdbc:sqlserver:***",
        "jdbc:mysql://(host=db,user=a,password=a@s3cr)/x          | jdbc:mysql:***",
        "jdbc:x:=s3cret                                           | jdbc:x:***",
        "jdbc:mariadb://a:s3cr?a@db/x                             | jdbc:mariadb:***",
        "jdbc:db2://db:50000/X:password=s3cret;user=a;            | jdbc:db2:***",
        "jdbc:informix-sqli://db:9088/x:PASSWORD=s3cret;USER=a    | jdbc:***",
        "jdbc:mysql://address=(host=db)(password=s3cret)/x        | jdbc:mysql:***",
        "jdbc:mysql://(host=db,user=a,password=s3cret)/x          | jdbc:mysql://",
        "jdbc:mysql://a:s3cret@[one:3306,two:3306]/x              | jdbc:mysql:***@[one:3306",
        "jdbc:mysql:replication://a:s3cret@one,a:s3cret@two/x     | jdbc:mysql:***",
        "jdbc:mysql+srv://a:s3cret@db/x                           | jdbc:***@db/x",
        "jdbc:mariadb://db/x?user=a&password=s3cret               | jdbc:mariadb://db/x",
        "jdbc:mariadb:sequential://address=(host=db)(password=s3cret)/x | jdbc:mariadb:***"
      })
  void summary_jdbcUrl_showsSchemeAndPlaceOnly(String url, String shown) throws Exception {
    filter.addInitParameter("jdbcUrl", url);
    Settings.read(parameters);

    assertThat(parameters.summary()).doesNotContain("s3cr").contains(", jdbcUrl=" + shown + ", ");
  }

  @Test
  void jdbcUrl_malformed_isRefusedWithoutPassword() {
    filter.addInitParameter("jdbcUrl", "postgres://shop:s3cret@db/shop");

    assertThatThrownBy(() -> Settings.read(parameters))
        .hasMessageContaining("postgres:***@db/shop")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void dataSource_jdbcUrl_isRefusedWithoutPassword() {
    filter.addInitParameter("dataSource", "jdbc:mariadb://shop:s3cret@db/shop");

    assertThatThrownBy(() -> Settings.read(parameters))
        .hasMessageContainingAll("dataSource", "jdbc:mariadb:***@db/shop", "jdbcUrl")
        .hasMessageNotContaining("s3cret");
  }

  // ---- accepted values

  @ParameterizedTest
  @CsvSource({"10", "60000", "251"})
  void number_withinRange_isAccepted(int millis) throws Exception {
    filter.addInitParameter("storeTimeoutMillis", "" + millis);

    assertThat(Settings.read(parameters).store().timeoutMillis()).isEqualTo(millis);
  }

  @Test
  void list_emptyWords_areIgnored() throws Exception {
    filter.addInitParameter("notUsers", " nobody, ,,guest,");

    assertThat(Settings.read(parameters).user().notUsers()).containsOnly("nobody", "guest");
  }

  @ParameterizedTest
  @CsvSource({
    "shop.example,                     shop.example",
    ".shop.example,                    shop.example",
    "'shop.example, .magasin.example', 'shop.example,magasin.example'",
    "',',                              ''"
  })
  void topLevelDomain_listWithDots_isReadWithoutDots(String domains, String bare) throws Exception {
    filter.addInitParameter("topLevelDomain", domains);

    assertThat(String.join(",", Settings.read(parameters).page().topLevelDomains()))
        .isEqualTo(bare);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTPS://Shop.Example,      https, shop.example, 443",
    "https://shop.example:443,  https, shop.example, 443",
    "http://shop.example,       http,  shop.example, 80",
    "https://shop.example:8443, https, shop.example, 8443",
    "https://shop.example:65535, https, shop.example, 65535",
    "https://my_shop,           https, my_shop,      443",
    "https://[::1]:8443,        https, ::1,          8443"
  })
  void publicOrigin_anyForm_isNormalizedAsInBrowsers(
      String text, String scheme, String host, int port) throws Exception {
    filter.addInitParameter("publicOrigin", text);

    assertThat(Settings.read(parameters).page().publicOrigin())
        .isEqualTo(new Origin(scheme, host, port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop.example", "www.shop.example"})
  void topLevelDomain_ofPublicOrigin_isAccepted(String domain) throws Exception {
    filter.addInitParameter("publicOrigin", "https://www.shop.example");
    filter.addInitParameter("topLevelDomain", domain);

    assertThat(Settings.read(parameters).page().topLevelDomains()).containsExactly(domain);
  }

  @Test
  void pageSettings_set_areRead() throws Exception {
    filter.addInitParameter("publicOrigin", "https://shop.example:8443");
    filter.addInitParameter("cookieSecure", "always");
    filter.addInitParameter("cookieSameSite", "None");
    filter.addInitParameter("afterSignOut", "renew");
    filter.addInitParameter("exclude", "/static/*");
    Settings settings = Settings.read(parameters);

    assertThat(settings.page().publicOrigin()).isEqualTo(new Origin("https", "shop.example", 8443));
    assertThat(settings.page().cookieAlwaysSecure()).isTrue();
    assertThat(settings.page().cookieSameSite()).isEqualTo("None");
    assertThat(settings.user().renewAfterSignOut()).isTrue();
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/static/x");
    request.setServletPath("/static/x");
    assertThat(settings.page().exclude().matches(request)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/theme/shop.css, true",
    "/jakarta.faces.resource/faces.js.xhtml, true",
    "/javax.faces.resource/jsf.js.xhtml, true",
    "/page.xhtml, false"
  })
  void exclude_default_matchesStaticFilesAndFacesResources(String path, boolean excluded)
      throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
    request.setServletPath(path);

    assertThat(Settings.read(parameters).page().exclude().matches(request)).isEqualTo(excluded);
  }

  @Test
  void instance_withoutContextClassLoader_usesClassLoaderOfLibrary() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(null);
    try {
      assertThat(
              ApplicationClass.instance(
                  parameters,
                  "userId",
                  UserIdsTest.HeaderResolver.class.getName(),
                  UserIdResolver.class))
          .isInstanceOf(UserIdsTest.HeaderResolver.class);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @ParameterizedTest
  @CsvSource({"jdbc:x:@host, jdbc:x:***@host", "jdbc:x:s3cret@, jdbc:x:***@"})
  void summary_urlWithAtSigns_showsTextAfterLastAtSign(String url, String shown) throws Exception {
    filter.addInitParameter("jdbcUrl", url);
    Settings.read(parameters);

    assertThat(parameters.summary()).contains("jdbcUrl=" + shown);
  }

  @Test
  void url_invalidText_isRefusedWithoutText() {
    filter.addInitParameter("jdbcUrl", "s3cret");

    assertThatThrownBy(() -> Settings.read(parameters))
        .hasMessageContainingAll("jdbcUrl", "***")
        .hasMessageNotContaining("s3cret");
  }
}
