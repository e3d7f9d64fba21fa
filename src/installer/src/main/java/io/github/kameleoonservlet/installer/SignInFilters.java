package io.github.kameleoonservlet.installer;

import java.util.List;
import java.util.Set;

/**
 * Recognizes the filters that the visitor filter must run behind: those that sign users in, or that
 * replace the request's user or session.
 */
final class SignInFilters {

  /** What the names of the filter classes begin with. */
  private static final List<String> CLASSES =
      List.of(
          "org.springframework.security.",
          "org.acegisecurity.",
          "net.sf.acegisecurity.",
          "org.apache.shiro.",
          "org.jasig.cas.client.",
          "org.apereo.cas.client.",
          "org.keycloak.adapters.",
          "org.pac4j.",
          "waffle.servlet.",
          "org.apache.hadoop.security.authentication.server.",
          "org.springframework.session.web.http.SessionRepositoryFilter",
          // Both put JSPWiki's user into the request.
          "org.apache.wiki.ui.WikiServletFilter",
          "org.apache.wiki.ui.WikiJSPFilter");

  private static final String SPRING_PROXY = "org.springframework.web.filter.DelegatingFilterProxy";

  /** The beans that Spring Security, Shiro and Spring Session put behind Spring's proxy. */
  private static final Set<String> BEANS =
      Set.of("springSecurityFilterChain", "shiroFilter", "springSessionRepositoryFilter");

  private SignInFilters() {}

  /** Returns whether a {@code <filter>} declares such a filter. */
  static boolean contain(XmlElement filter) {
    String type = filter.childText("filter-class");
    // Applications also have subclasses of Spring's proxy.
    if (BEANS.contains(filter.childText("filter-name"))) {
      return true;
    }
    return type.equals(SPRING_PROXY)
        ? BEANS.contains(bean(filter))
        : CLASSES.stream().anyMatch(type::startsWith);
  }

  private static String bean(XmlElement proxy) {
    return proxy
        .children("init-param")
        .filter(param -> param.childText("param-name").equals("targetBeanName"))
        .map(param -> param.childText("param-value"))
        .findFirst()
        .orElseGet(() -> proxy.childText("filter-name"));
  }
}
