package io.github.kameleoonservlet.sample;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** Serves the shop on an embedded Tomcat until the process is stopped. */
public final class SampleServer {

  /** The property in which web.xml finds the secret for links of previews. */
  private static final String PREVIEW_SECRET = "shop.previewSecret";

  private static final int SECRET_BYTES = 32;

  private SampleServer() {}

  /**
   * Runs the shop.
   *
   * @param args the exploded web app, and the port (0 for any free one)
   */
  public static void main(String[] args) throws Exception {
    Path webapp = Path.of(args[0]).toAbsolutePath();
    if (System.getProperty(PREVIEW_SECRET) == null) {
      System.setProperty(PREVIEW_SECRET, newSecret());
    }
    Connector connector = new Connector();
    connector.setProperty("address", "127.0.0.1");
    connector.setPort(Integer.parseInt(args[1]));
    connector.setThrowOnFailure(true);

    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(webapp.resolveSibling("tomcat").toString());
    tomcat.setConnector(connector);
    Context shop = tomcat.addWebapp("", webapp.toString());
    // Maven runs this class in a class loader that is not a parent of the system class loader.
    shop.setParentClassLoader(SampleServer.class.getClassLoader());
    try {
      tomcat.start();
      if (shop.getState() != LifecycleState.STARTED) {
        throw new IllegalStateException("the shop did not start; the reason is in the log above");
      }
    } catch (Exception e) {
      tomcat.stop();
      tomcat.destroy();
      throw e;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tomcat)));
    System.out.println("The shop is ready: http://127.0.0.1:" + connector.getLocalPort() + "/");
    tomcat.getServer().await();
  }

  private static String newSecret() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }

  private static void stop(Tomcat tomcat) {
    try {
      tomcat.stop();
      tomcat.destroy();
      System.out.println("The shop has stopped.");
    } catch (Exception e) {
      e.printStackTrace();
    }
  }
}
