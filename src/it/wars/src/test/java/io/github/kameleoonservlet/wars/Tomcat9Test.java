package io.github.kameleoonservlet.wars;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;

/** Applications that use {@code javax.servlet}. */
class Tomcat9Test extends ApplicationsContract {

  private static final Path HOME = Path.of(property("wars.tomcat9"));
  private static final Path WARS = Path.of(property("wars.folder"));

  @BeforeAll
  void startServers() throws IOException, InterruptedException {
    start(HOME);
  }

  @Override
  Map<WebApplication, Path> applications() {
    Map<WebApplication, Path> applications = new LinkedHashMap<>();
    applications.put(
        WebApplication.of("jspwiki", "/jspwiki/", "/jspwiki/Login.jsp", "/jspwiki/Search.jsp")
            .skipping("Logout.jsp|Install.jsp")
            .installedWith("--replace", "commons-codec"),
        WARS.resolve("jspwiki-war.war"));
    applications.put(WebApplication.of("wicket", "/wicket/"), WARS.resolve("wicket-examples.war"));
    applications.put(
        WebApplication.of("pulse", "/pulse/login.html", "/pulse/").skipping("clusterLogout"),
        WARS.resolve("geode-pulse.war"));
    return applications;
  }

  @Override
  Map<String, SignIn> signIns() {
    return Map.of(
        "pulse", new SignIn("/pulse/login.html", "username", "admin", "password", "admin"));
  }
}
