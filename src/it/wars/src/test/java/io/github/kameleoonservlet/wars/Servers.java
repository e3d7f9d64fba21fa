package io.github.kameleoonservlet.wars;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Three Tomcats with the same applications: two without the filter, and one with it. */
final class Servers implements AutoCloseable {

  /**
   * Prints the request attributes of the filter. Without the filter the page prints only commas.
   */
  static final String VISITOR_PAGE = "kameleoon-visitor.jsp";

  static final String VISITOR_JSP =
      """
      <%@ page contentType="text/plain" session="false" %>\
      ${kameleoonVisitorCode},${kameleoonVisitor.known},${kameleoonVisitor.outcome},
      """;

  private final List<Tomcat> tomcats = new ArrayList<>();
  private final Map<String, String> installerOutputs = new LinkedHashMap<>();
  private final Path home;
  private final Path folder;

  Servers(Path home, Path folder) throws IOException {
    this.home = home;
    this.folder = folder;
    for (String name : List.of("a", "b", "c")) {
      tomcats.add(new Tomcat(home, folder.resolve(name)));
    }
  }

  /** Deploys an application, with the filter on the third server. */
  void add(WebApplication application, Path war, Installer installer)
      throws IOException, InterruptedException {
    String name = application.name() + ".war";
    Path plain = folder.resolve(name);
    if (Files.isDirectory(war)) {
      Wars.pack(war, plain);
    } else {
      Files.copy(war, plain);
    }
    Wars.add(plain, VISITOR_PAGE, VISITOR_JSP);
    for (Map.Entry<String, String> file : application.files().entrySet()) {
      Wars.add(plain, file.getKey(), file.getValue());
    }
    for (WebApplication.Edit edit : application.edits()) {
      Wars.edit(plain, edit);
    }
    for (Map.Entry<String, Path> copy : application.copies().entrySet()) {
      Wars.addAll(plain, copy.getKey(), copy.getValue());
    }
    for (Tomcat tomcat : tomcats) {
      for (Map.Entry<String, String> file : application.homeFiles().entrySet()) {
        tomcat.addAtHome(file.getKey(), file.getValue());
      }
    }
    for (Tomcat tomcat : plain()) {
      Files.copy(plain, tomcat.webapp(name));
    }
    installerOutputs.put(
        application.name(),
        installer.install(plain, filtered().webapp(name), application.options()));
  }

  /** Plants a fault in the server with the filter. */
  void plant(PlantedFault fault) throws IOException {
    fault.plantIn(filtered());
    try (Stream<Path> wars = Files.list(filtered().folder("webapps"))) {
      for (Path war : wars.filter(file -> file.toString().endsWith(".war")).toList()) {
        fault.plantIn(war);
      }
    }
  }

  /** Starts the servers, with a manager that undeploys the applications. */
  void start() throws IOException, InterruptedException {
    Wars.pack(home.resolve("webapps/manager"), folder.resolve("control.war"));
    for (Tomcat tomcat : tomcats) {
      Files.copy(folder.resolve("control.war"), tomcat.webapp("control.war"));
      tomcat.start();
    }
    for (Tomcat tomcat : tomcats) {
      tomcat.awaitStarted();
    }
  }

  /** Returns the WAR without the filter. */
  Path war(WebApplication application) {
    return folder.resolve(application.name() + ".war");
  }

  List<Tomcat> plain() {
    return tomcats.subList(0, 2);
  }

  Tomcat filtered() {
    return tomcats.get(2);
  }

  List<Integer> ports() {
    return tomcats.stream().map(Tomcat::port).toList();
  }

  String installerOutput(WebApplication application) {
    return installerOutputs.getOrDefault(application.name(), "");
  }

  @Override
  public void close() {
    tomcats.forEach(Tomcat::close);
  }
}
