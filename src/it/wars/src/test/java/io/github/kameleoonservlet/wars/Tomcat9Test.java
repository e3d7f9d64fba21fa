package io.github.kameleoonservlet.wars;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Applications that use {@code javax.servlet}. */
class Tomcat9Test extends ApplicationsContract {

  /** The password is "secret". */
  private static final String WIKI_USERS =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <users>
        <user uid="1" loginName="editor" wikiName="AnEditor" fullName="An Editor" email="" \
      password="{SHA}e5e9fa1ba31ecd1ae84f75caaa474f3a663f05f4" \
      created="2020.01.01 at 00:00:00:000 UTC" lastModified="2020.01.01 at 00:00:00:000 UTC"/>
      </users>
      """;

  /**
   * Searches without an index, which a thread would fill after some time. Dates without the time,
   * because the three servers save a page one after another.
   */
  private static final String WIKI_SETTINGS =
      """
      jspwiki.searchProvider = BasicSearchProvider
      jspwiki.defaultprefs.template.dateformat = yyyy
      """;

  @Override
  Path tomcat() {
    return Path.of(property("wars.tomcat9"));
  }

  @Override
  Map<WebApplication, Path> applications() {
    Map<WebApplication, Path> applications = new LinkedHashMap<>();
    applications.put(
        WebApplication.of("jspwiki", "/jspwiki/", "/jspwiki/Login.jsp", "/jspwiki/Search.jsp")
            .skipping("Logout.jsp|Install.jsp")
            // Prints a stack trace, in which the filter is a frame.
            .measuringAt("/Error.jsp")
            .installedWith("--replace", "commons-codec")
            .with("WEB-INF/userdatabase.xml", WIKI_USERS)
            .with("WEB-INF/classes/jspwiki-custom.properties", WIKI_SETTINGS)
            .withAtHome("jspwiki-files/Main.txt", "!!! Main\n* [Shop]\n* [Prices]\n* [Nowhere]\n")
            .withAtHome("jspwiki-files/Shop.txt", "!! Shop\n[{TableOfContents}]\n! One\n! Two\n")
            .withAtHome("jspwiki-files/Prices.txt", "||Thing||Price\n|A|1\n|B|2\n[Main]\n")
            .withAtHome("jspwiki-files/LeftMenu.txt", "[Main] [Shop] [Prices]\n"),
        war("jspwiki-war.war"));
    applications.put(
        WebApplication.of(
                "wicket",
                "/wicket/",
                "/wicket/forminput/",
                "/wicket/guestbook/",
                "/wicket/stateless/",
                "/wicket/repeater/",
                "/wicket/upload/single")
            // Tables of people, games and pictures that each server draws by lot.
            .measuringAt("/repeater/|/ajax/|/hangman/|captcha")
            .installedWith("--user", "session:wicket:SignInApplication:session.user"),
        war("wicket-examples.war"));
    applications.put(
        WebApplication.of("pulse", "/pulse/login.html", "/pulse/").skipping("clusterLogout"),
        war("geode-pulse.war"));
    return applications;
  }

  @Override
  Map<String, SignIn> signIns() {
    return Map.of(
        "jspwiki",
        new SignIn("/jspwiki/Login.jsp", Map.of("j_username", "editor", "j_password", "secret")),
        "wicket",
        new SignIn("/wicket/authentication1/", Map.of("username", "wicket", "password", "wicket")),
        "pulse",
        new SignIn("/pulse/login.html", Map.of("username", "admin", "password", "admin")));
  }
}
