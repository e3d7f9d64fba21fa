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
    check.domains(settings.platform().topLevelDomains(), settings.page().publicOrigin());
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

  private void excludes(String cause, String shown, String... names) throws ServletException {
    for (String name : names) {
      if (parameters.isSet(name) && !parameters.isNearer(cause, name)) {
        throw parameters.wrong(name, "no value together with " + shown);
      }
    }
  }
}
