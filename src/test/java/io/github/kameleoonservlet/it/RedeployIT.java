package io.github.kameleoonservlet.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The shop undeployed: what Tomcat says, what is left, and what a second deployment finds. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("tomcat")
class RedeployIT {

  private static final Logger LOADER_LOG =
      Logger.getLogger("org.apache.catalina.loader.WebappClassLoaderBase");

  @ArquillianResource private Deployer deployer;

  @Deployment(name = "shop", managed = false, testable = false)
  static WebArchive shop() {
    return Wars.sample();
  }

  @Test
  void restart_ofTheShop_keepsTheCodes() {
    String user = Shop.newUser("user-1");
    deployer.deploy("shop");
    String code = Shop.signIn(new Browser(Wars.sampleAddress()), user).code();
    undeploy();
    deployer.deploy("shop");
    String codeAfterwards = Shop.signIn(new Browser(Wars.sampleAddress()), user).code();
    undeploy();

    assertThat(codeAfterwards).isEqualTo(code);
  }

  @RepeatedTest(3) // a thread that ends a moment too late is seen now and then only
  void undeploy_afterUse_leavesNeitherThreadNorWarningNorClassLoader() {
    deployer.deploy("shop");
    use(Wars.sampleAddress());
    assertThat(threadsOfWebApps()).as("what the gate looks at").isNotEmpty();
    WeakReference<ClassLoader> loader =
        new WeakReference<>(threadsOfWebApps().get(0).getContextClassLoader());
    undeploy();

    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              System.gc();
              return loader.refersTo(null);
            });
  }

  /** Undeploys; Tomcat may say nothing about it, and no thread may be left. */
  private void undeploy() {
    List<String> warnings = new CopyOnWriteArrayList<>();
    Handler capture = capture(warnings);
    LOADER_LOG.addHandler(capture);
    try {
      deployer.undeploy("shop");
    } finally {
      LOADER_LOG.removeHandler(capture);
    }
    assertThat(warnings).isEmpty();
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(threadsOfWebApps()).isEmpty());
  }

  private static void use(URI base) {
    List<Browser> browsers = Shop.manyBrowsersOf(base, Shop.newUser("user-2"), 32);
    Crowd.atOnce(32, i -> Shop.home(browsers.get(i)));
    Browser browser = new Browser(base);
    browser.signIn(Shop.newUser("user-1"));
    Shop.home(browser);
    browser.submit("cart", "product", "kettle");
    browser.submit("cart", "order", "yes");
  }

  private static List<Thread> threadsOfWebApps() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getContextClassLoader() != null)
        .filter(thread -> isOfWebApp(thread.getContextClassLoader()))
        .toList();
  }

  private static boolean isOfWebApp(ClassLoader loader) {
    return loader.getClass().getSimpleName().contains("WebappClassLoader");
  }

  private static Handler capture(List<String> warnings) {
    return new Handler() {
      @Override
      public void publish(LogRecord entry) {
        if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
          warnings.add(new SimpleFormatter().formatMessage(entry));
        }
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
