package io.github.kameleoonservlet.wars;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications that use {@code jakarta.servlet}. */
class Tomcat10Test extends ApplicationsContract {

  /** The listener that the demo of Tobago needs on a server without CDI. */
  private static final String CDI =
      "<listener><listener-class>org.apache.webbeans.servlet.WebBeansConfigurationListener"
          + "</listener-class></listener>\n  ";

  @Override
  Path tomcat() {
    return Path.of(property("wars.tomcat10"));
  }

  @Override
  Map<WebApplication, Path> applications() {
    Map<WebApplication, Path> applications = new LinkedHashMap<>();
    applications.put(
        WebApplication.of(
                "examples",
                "/examples/",
                "/examples/jsp/",
                "/examples/servlets/",
                "/examples/websocket/")
            // The game below /num draws another number for each session.
            .skipping("/async/|/jsp/security/.*logoff|/plugin/|/num/"),
        tomcat().resolve("webapps/examples"));
    applications.put(
        WebApplication.of(
                "manager", "/manager/", "/manager/html", "/manager/status", "/manager/text/list")
            .skipping("/(stop|start|undeploy|reload|expire|deploy|upload|sslReload)\\b")
            .measuringAt("/status|/text/vminfo|/text/threaddump")
            .authorizedBy(Tomcat.BASIC),
        tomcat().resolve("webapps/manager"));
    applications.put(WebApplication.of("hawtio", "/hawtio/"), war("hawtio-default.war"));
    applications.put(
        WebApplication.of(
                "tobago",
                "/tobago/init.xhtml",
                "/tobago/content/010-input/10-in/In.xhtml",
                "/tobago/content/080-sheet/10-sort/Sheet_Sorting.xhtml")
            .upTo(25)
            // Print all jars of the application, and how long its start took.
            .measuringAt("/Server_Info|/Logging_Info")
            .timingBy("\\d+ / AJAX: \\d+")
            .replacing("WEB-INF/web.xml", "<filter>", CDI + "<filter>")
            // Else Tomcat copies all files, and their dates differ from server to server.
            .replacing("META-INF/context.xml", "antiResourceLocking=\"true\"", "")
            .withAll("WEB-INF/lib", Path.of(property("wars.cdi"))),
        war("tobago-example-demo.war"));
    return applications;
  }

  @Override
  Map<String, SignIn> signIns() {
    return Map.of(
        "examples",
        new SignIn(
            "/examples/jsp/security/protected/index.jsp",
            Map.of("j_username", "tomcat", "j_password", "secret")),
        "tobago",
        new SignIn(
            "/tobago/login.xhtml",
            Map.of(
                "page:mainForm:username", "admin",
                "page:mainForm:password", "secret",
                "jakarta.faces.source", "page:mainForm:login")));
  }

  @ParameterizedTest
  @Order(2)
  @ValueSource(strings = {"echoProgrammatic", "echoAnnotation", "echoStreamAnnotation"})
  void webSocket_withFilter_answersAsWithout(String name) throws InterruptedException {
    String path = "/examples/websocket/" + name;
    Request handshake =
        Request.resource("GET", path)
            .with("Connection", "Upgrade")
            .with("Upgrade", "websocket")
            .with("Sec-WebSocket-Key", "MDEyMzQ1Njc4OWFiY2RlZg==");
    try (Trio trio = trio(application("examples"))) {
      Answer answer = trio.send(handshake.with("Sec-WebSocket-Version", "13")).filtered();
      trio.send(handshake.with("Sec-WebSocket-Version", "12"));
      trio.send(Request.page(path));

      assertThat(answer.status()).isEqualTo(101);
      assertThat(trio.differences()).isEmpty();
    }
    List<Integer> ports = servers().ports();
    List<String> echoes = WebSocketClient.echoes(ports.get(2), path);
    assertThat(echoes)
        .isEqualTo(WebSocketClient.echoes(ports.get(0), path))
        .contains("closed 1000 end");
  }

  @Order(2)
  @Test
  void asyncServlets_withFilter_answerAsWithout() {
    application("examples");
    List<CompletableFuture<Trio>> all =
        Stream.of("async0", "async1", "async2", "async3")
            .map(
                name ->
                    CompletableFuture.supplyAsync(
                        () -> asynchronous("/examples/async/" + name), threads()))
            .toList();
    assertThat(all).allSatisfy(trio -> assertThat(trio.join().differences()).isEmpty());
  }

  private Trio asynchronous(String target) {
    try (Trio trio = trio(application("examples"))) {
      trio.learnTime("/examples/");
      assertThat(trio.send(Request.page(target)).filtered().status()).isEqualTo(200);
      return trio;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Order(2)
  @Test
  void endlessAnswer_withFilter_begins() throws IOException {
    application("examples");
    for (int port : servers().ports()) {
      try (var connection = new Connection(port)) {
        Answer answer = connection.firstChunk(Request.page("/examples/async/stockticker"));
        assertThat(answer.statusLine()).startsWith("HTTP/1.1 200");
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(answer.text()).contains("STOCK#");
      }
    }
  }

  @Order(2)
  @Test
  void malformedRequests_withFilter_areRefusedAsWithout() throws IOException {
    application("examples");
    for (String request :
        List.of(
            "GET /examples/ HTTP/1.1\r\n\r\n",
            "GET /examples/ HTTP/9.9\r\nHost: localhost\r\n\r\n",
            "NONSENSE\r\n\r\n",
            "GET /examples/ HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
            "POST /examples/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
            "GET /examples/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /examples/ HTTP/1.0\r\n\r\n")) {
      List<Answer> answers = new ArrayList<>();
      for (int port : servers().ports()) {
        try (var connection = new Connection(port)) {
          answers.add(connection.sendRaw(request.getBytes(StandardCharsets.ISO_8859_1), false));
        }
      }
      var comparison = new Comparison();
      comparison.learn(answers.get(0), answers.get(1));
      List<String> differences =
          comparison.differences(
              new Comparison.Answers(answers.get(0), answers.get(1), answers.get(2)), "");
      assertThat(differences.stream().filter(d -> !d.contains("Date: "))).as(request).isEmpty();
    }
  }
}
