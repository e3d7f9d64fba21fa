package shop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the status page behind a login of the servlet container. */
class ProtectedStatusTest {

  @TempDir private Path home;
  private final Tomcat tomcat = new Tomcat();

  @BeforeEach
  void start() throws Exception {
    Connector connector = new Connector();
    connector.setProperty("address", "127.0.0.1");
    connector.setPort(0);
    tomcat.setBaseDir(home.toString());
    tomcat.setConnector(connector);
    LifecycleState started = startShop();
    assertEquals(LifecycleState.STARTED, started);
  }

  private LifecycleState startShop() throws Exception {
    tomcat.addUser("user-1", "demo");
    tomcat.addUser("operator-1", "demo");
    tomcat.addRole("operator-1", "operator");
    var shop = tomcat.addWebapp("", System.getProperty("shop.webapp"));
    tomcat.start();
    return shop.getState();
  }

  @AfterEach
  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  @Test
  void status_behindSecurityConstraint_asksOperatorsToSignIn() throws Exception {
    assertEquals(401, get("/kameleoon/", null).statusCode());
    assertEquals(403, get("/kameleoon/", "user-1").statusCode());
    assertEquals(200, get("/kameleoon/", "operator-1").statusCode());
    assertEquals(200, get("/kameleoon/health", null).statusCode());
  }

  private HttpResponse<String> get(String path, String user) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    if (user != null) {
      byte[] login = (user + ":demo").getBytes(UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }
}
