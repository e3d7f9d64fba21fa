package io.github.kameleoonservlet.benchmark.nodes;

import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/**
 * Serves an exploded web application on a Tomcat with JNDI, until the process is killed. Needs no
 * class of the tests, so that the web application sees none of them.
 */
public final class NodeServer {

  static final String READY = "The node is ready.";

  private NodeServer() {}

  /**
   * Runs the node.
   *
   * @param args the exploded web application, and the port
   */
  public static void main(String[] args) throws Exception {
    Path webapp = Path.of(args[0]);
    Connector connector = new Connector();
    connector.setProperty("address", "127.0.0.1");
    connector.setPort(Integer.parseInt(args[1]));
    connector.setThrowOnFailure(true);
    // Otherwise the port accepts requests while the application is still starting.
    connector.setProperty("bindOnInit", "false");
    connector.setProperty("maxKeepAliveRequests", "-1");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(webapp.resolveSibling("tomcat").toString());
    tomcat.setConnector(connector);
    tomcat.enableNaming();
    Context shop = tomcat.addWebapp("", webapp.toString());
    tomcat.start();
    if (shop.getState() != LifecycleState.STARTED) {
      throw new IllegalStateException("the application did not start; the log has the reason");
    }
    System.out.println(READY);
    tomcat.getServer().await();
  }
}
