package io.github.kameleoonservlet.servlet;

import jakarta.servlet.ServletException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses settings that can have no effect because of others, so that a mistake in {@code web.xml}
 * is found at the deployment.
 *
 * <p>Two cases are no mistake: a context-param that a nearer init-param replaces, and a partner
 * that refers to a variable which another deployment sets.
 */
final class IneffectiveSettings {

  private final Parameters parameters;

  private IneffectiveSettings(Parameters parameters) {
    this.parameters = parameters;
  }

  /**
   * Checks settings that are valid one by one.
   *
   * @throws ServletException when one has no effect; it names the setting and the reason
   */
  static void refuse(Parameters parameters, Settings settings) throws ServletException {
    IneffectiveSettings check = new IneffectiveSettings(parameters);
    for (String name : new String[] {"jdbcUser", "jdbcPassword", "jdbcDriver"}) {
      check.needs(name, "jdbcUrl");
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
          "proxyHost");
    }
    check.domains(settings.platform().topLevelDomains(), settings.page().publicOrigin());
  }

  /** Browsers ask for the host of publicOrigin only. */
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
      throw parameters.wrong(name, "only beside " + partner);
    }
  }

  private void excludes(String cause, String shown, String... names) throws ServletException {
    for (String name : names) {
      if (parameters.isSet(name) && !parameters.isNearer(cause, name)) {
        throw parameters.wrong(name, "not beside " + shown);
      }
    }
  }
}
