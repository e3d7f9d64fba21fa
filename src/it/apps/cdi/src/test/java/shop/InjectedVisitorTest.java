package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InjectedVisitorTest {

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
  void visitor_injectedOnce_isVisitorOfCurrentRequest() throws Exception {
    assertEquals("visitor-1 on", get("visitor-1").body());
    assertEquals("visitor-2 on", get("visitor-2").body());
    HttpResponse<String> first = get(null);
    String code = first.body().split(" ")[0];
    assertTrue(
        first.headers().firstValue("set-cookie").orElse("").contains("=" + code + ";"),
        () -> first.headers().map().toString());
  }

  private HttpResponse<String> get(String code) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/price");
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    if (code != null) {
      request.header("Cookie", "kameleoonVisitorCode=" + code);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }
}
