package io.github.kameleoonservlet.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.net.URI;
import java.util.List;
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

/**
 * Tests the undeployed shop: Tomcat's warnings, leaks, and the data that a second deployment finds.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("tomcat")
class RedeployIT {

  private static final URI SHOP = Wars.address("webapp-sample");

  @ArquillianResource private Deployer deployer;

  @Deployment(name = "shop", managed = false, testable = false)
  static WebArchive shop() {
    return Wars.sample();
  }

  @Test
  void restart_ofShop_keepsCodes() {
    String user = Shop.newUser("user-1");
    deployer.deploy("shop");
    String code = Shop.signIn(new Browser(SHOP), user).code();
    undeploy();
    deployer.deploy("shop");
    String codeAfterwards = Shop.signIn(new Browser(SHOP), user).code();
    undeploy();

    assertThat(codeAfterwards).isEqualTo(code);
  }

  @RepeatedTest(3) // a thread that ends too late shows only in some of the runs
  void undeploy_afterUse_leavesNoThreadWarningOrClassLoader() {
    deployer.deploy("shop");
    use(SHOP);
    WeakReference<ClassLoader> loader = TomcatLeaks.loader();
    undeploy();

    TomcatLeaks.awaitCollected(List.of(loader));
  }

  private void undeploy() {
    TomcatLeaks.undeploy(deployer, "shop");
    TomcatLeaks.awaitNoThread();
  }

  private static void use(URI base) {
    List<Browser> browsers = Shop.manyBrowsersOf(base, Shop.newUser("user-2"), 32);
    Crowd.atOnce(32, i -> Shop.home(browsers.get(i)));
    Browser browser = new Browser(base);
    browser.signIn(Shop.newUser("user-1"));
    Shop.home(browser);
    browser.submit("cart", "product", "kettle");
    browser.submit("cart", "order", "yes");
    Browser operator = new Browser(base);
    operator.signIn("operator-1");
    assertThat(operator.open("kameleoon/?code=visitor-1").body()).contains("spring-offer = ");
    assertThat(operator.open("kameleoon/status.json").json("platformState")).isEqualTo("READY");
    assertThat(new Browser(base).open("kameleoon/").status()).isEqualTo(403);
  }
}
