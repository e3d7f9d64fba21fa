package io.github.kameleoonservlet.internal.config;

import io.github.kameleoonservlet.internal.http.Origin;
import jakarta.servlet.ServletException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses settings that other settings make ineffective, so that a mistake in {@code web.xml} shows
 * at the deployment.
 *
 * <p>Two cases are allowed: a context-param that an init-param replaces, and a setting whose
 * partner refers to a variable that only another deployment sets.
 */
final class IneffectiveSettings {

  private final Parameters parameters;

  private IneffectiveSettings(Parameters parameters) {
    this.parameters = parameters;
  }

  /**
   * Checks settings each of which is valid by itself.
   *
   * @throws ServletException if a setting has no effect; the message names the setting and the
   *     reason
   */
  static void refuse(Parameters parameters, Settings settings) throws ServletException {
    IneffectiveSettings check = new IneffectiveSettings(parameters);
    for (String name : new String[] {"jdbcUser", "jdbcPassword", "jdbcDriver"}) {
      check.needs(name, "jdbcUrl");
    }
    for (String name : new String[] {"regionHeader", "cityHeader"}) {
      check.needs(name, "countryHeader");
    }
    check.needs("userIdSecretPrevious", "userIdSecret");
    check.oneStore(settings.store());
    check.consent(settings.consents());
    if (settings.store().className() != null) {
      check.excludes("store", "store", "storeSchema");
    }
    if (settings.store().cacheSize() == 0) {
      check.excludes("cacheSize", "cacheSize=0", "cacheSeconds");
    }
    if (settings.platform().dataFile() != null) {
      check.excludes(
          "dataFile",
          "dataFile, which decides offline",
          "clientId",
          "clientSecret",
          "platformTimeoutMillis",
          "proxyHost",
          "remoteVisitorData");
    }
    check.sameSite(settings.page());
    check.domains(settings.page().topLevelDomains(), settings.page().publicOrigin());
  }

  private void oneStore(Settings.Store store) throws ServletException {
    String unit = store.persistenceUnit();
    onlyOne("dataSource", store.dataSource(), "jdbcUrl", store.jdbcUrl());
    onlyOne("persistenceUnit", unit, "jdbcUrl", store.jdbcUrl());
    onlyOne("persistenceUnit", unit, "dataSource", store.dataSource());
    onlyOne("store", store.className(), "jdbcUrl", store.jdbcUrl());
    onlyOne("store", store.className(), "dataSource", store.dataSource());
    onlyOne("store", store.className(), "persistenceUnit", unit);
  }

  private void consent(Settings.Consents consents) throws ServletException {
    for (String name : new String[] {"consentResolver", "consentCookie"}) {
      if (parameters.isSet(name) && !consents.required()) {
        throw parameters.wrong(name, "only together with consent=required");
      }
    }
    if (consents.resolverClass() != null && parameters.isSet("consentCookie")) {
      throw parameters.wrong("consentResolver", "no value together with consentCookie");
    }
  }

  private void sameSite(Settings.Page page) throws ServletException {
    if (page.cookieSameSite().equals("None") && !page.cookieAlwaysSecure()) {
      throw parameters.wrong(
          "cookieSameSite", "None only together with cookieSecure=always; else Lax");
    }
  }

  /** Browsers only use the host of publicOrigin. */
  private void domains(List<String> domains, @Nullable Origin publicOrigin)
      throws ServletException {
    if (publicOrigin != null
        && !domains.stream()
            .allMatch(domain -> ("." + publicOrigin.host()).endsWith("." + domain))) {
      throw parameters.wrong("topLevelDomain", "a domain of publicOrigin's host");
    }
  }

  private void needs(String name, String partner) throws ServletException {
    if (parameters.isSet(name) && !parameters.isMentioned(partner)) {
      throw parameters.wrong(name, "only together with " + partner);
    }
  }

  private void onlyOne(
      String name, @Nullable String value, String other, @Nullable String otherValue)
      throws ServletException {
    if (value != null && otherValue != null) {
      throw parameters.wrong(name, "no value together with " + other);
    }
  }

  private void excludes(String cause, String shown, String... names) throws ServletException {
    for (String name : names) {
      if (parameters.isSet(name) && !parameters.isNearer(cause, name)) {
        throw parameters.wrong(name, "no value together with " + shown);
      }
    }
  }
}
