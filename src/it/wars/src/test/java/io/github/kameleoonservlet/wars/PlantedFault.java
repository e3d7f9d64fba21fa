package io.github.kameleoonservlet.wars;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A fault of the server with the filter, which the tests must report: {@code -Dwars.fault=header}.
 */
enum PlantedFault {
  NONE,
  /** Adds a charset to texts. */
  HEADER,
  /** Changes style sheets or pictures of each WAR. */
  BODY,
  /** Logs each request. */
  LOG,
  /** Starts a thread of the application that nothing ends. */
  LEAK;

  private static final String FILTER =
      """
      <filter><filter-name>fault</filter-name><filter-class>org.apache.catalina.filters.%s</filter-class>
      <async-supported>true</async-supported></filter>
      <filter-mapping><filter-name>fault</filter-name><url-pattern>/*</url-pattern></filter-mapping>
      </web-app>""";

  private static final String LEAKING_PAGE =
      """
      <%@ page contentType="text/plain" session="false" %>\
      <% new Thread(() -> { try { Thread.sleep(Long.MAX_VALUE); } catch (InterruptedException e) { } }, "fault").start(); %>\
      """;

  static PlantedFault chosen() {
    return valueOf(System.getProperty("wars.fault", "none").toUpperCase(Locale.ROOT));
  }

  /** Changes the configuration that all applications of a server share. */
  void plantIn(Tomcat tomcat) throws IOException {
    if (this == HEADER) {
      add(tomcat, "AddDefaultCharsetFilter");
    } else if (this == LOG) {
      add(tomcat, "RequestDumperFilter");
    }
  }

  /** Changes a WAR that has the filter. */
  void plantIn(Path war) throws IOException {
    if (this == BODY) {
      for (String file :
          Wars.staticFiles(war).stream()
              .filter(f -> f.matches(".*\\.(css|gif|png)"))
              .limit(3)
              .toList()) {
        Wars.add(war, file, "other text");
      }
    } else if (this == LEAK) {
      Wars.add(war, Servers.VISITOR_PAGE, LEAKING_PAGE + Servers.VISITOR_JSP);
    }
  }

  private static void add(Tomcat tomcat, String filter) throws IOException {
    Path file = tomcat.folder("conf/web.xml");
    Files.writeString(file, Files.readString(file).replace("</web-app>", FILTER.formatted(filter)));
  }
}
