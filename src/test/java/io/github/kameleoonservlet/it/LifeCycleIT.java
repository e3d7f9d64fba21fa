package io.github.kameleoonservlet.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests web apps that start and stop beside each other in one server. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("tomcat")
class LifeCycleIT {

  private static final String BEAN =
      "io.github.kameleoonservlet:type=Visitors,context=\"%s\",filter=\"kameleoonVisitor\"";

  private static final int CYCLES = 50;
  private static final String DATA_FILE = "WEB-INF/kameleoon-data-file.json";

  @ArquillianResource private Deployer deployer;

  @Deployment(name = "first", managed = false, testable = false)
  static WebArchive first() {
    return small("first");
  }

  @Deployment(name = "second", managed = false, testable = false)
  static WebArchive second() throws IOException {
    String shops = Files.readString(Path.of("webapp-sample/src/main/webapp", DATA_FILE));
    String own = shops.replace("\"free-shipping\"", "\"only-in-the-second\"");
    return small("second").add(new StringAsset(own), DATA_FILE);
  }

  private static WebArchive small(String name) {
    return Wars.folderWithoutLibraries("small", name)
        .addClasses(SmallPage.class, HeaderOperators.class)
        .addAsLibrary(Wars.jar())
        .addAsManifestResource(new File("src/test/servers/tomcat-libraries.xml"), "context.xml");
  }

  @Test
  @Tag("long")
  void deployments_repeated_leaveNoClassLoaderThreadOrDriver() {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int i = 0; i < CYCLES; i++) {
      deployer.deploy("first");
      Browser browser = new Browser(Wars.address("first"));
      browser.open("page?user=user-1");
      Page known = Shop.resolved(browser, "page?feature=free-shipping");
      assertThat(known.outcome()).isIn("LINKED", "RECOGNIZED");
      assertThat(known.text("variation")).contains("free-shipping=on");
      assertThat(browser.open("kameleoon/?operator=yes&code=visitor-1").body())
          .contains("free-shipping = on");
      loaders.add(TomcatLeaks.loader());
      TomcatLeaks.undeploy(deployer, "first");
      TomcatLeaks.awaitNoThread();
    }

    assertThat(loaders).hasSize(CYCLES);
    TomcatLeaks.awaitCollected(loaders);
  }

  @Test
  void webApps_twoInOneServer_keepSeparateStoresAndBeans() throws Exception {
    deployer.deploy("first");
    deployer.deploy("second");
    Browser first = new Browser(Wars.address("first"));
    Browser second = new Browser(Wars.address("second"));
    String code = linked(second);
    assertThat(linked(first)).as("a store of its own").isNotEqualTo(code);
    assertThat(variation(first, "free-shipping")).contains("=on");
    assertThat(variation(first, "only-in-the-second")).contains("NOT_FOUND");
    assertThat(variation(second, "free-shipping")).contains("NOT_FOUND");
    assertThat(variation(second, "only-in-the-second")).contains("=on");
    assertThat(beans()).hasSize(2).contains(BEAN.formatted("/first"), BEAN.formatted("/second"));

    TomcatLeaks.undeploy(deployer, "first");

    assertThat(beans()).containsExactly(BEAN.formatted("/second"));
    assertThat(variation(second, "only-in-the-second")).contains("=on", "ASSIGNED");
    Browser another = new Browser(Wars.address("second"));
    assertThat(linked(another)).as("its store").isEqualTo(code);
    deployer.deploy("first");
    assertThat(variation(new Browser(Wars.address("first")), "free-shipping")).contains("=on");
    assertThat(variation(second, "only-in-the-second")).contains("=on");
    TomcatLeaks.undeploy(deployer, "second");
    TomcatLeaks.undeploy(deployer, "first");
    TomcatLeaks.awaitNoThread();
    assertThat(beans()).isEmpty();
  }

  /** Returns the MBeans of all filters in the server, which runs in the JVM of the test. */
  private static List<String> beans() throws JMException {
    return ManagementFactory.getPlatformMBeanServer()
        .queryNames(new ObjectName("io.github.kameleoonservlet:*"), null)
        .stream()
        .map(ObjectName::toString)
        .toList();
  }

  private static String linked(Browser browser) {
    browser.open("page?user=user-1");
    return Shop.resolved(browser, "page").code();
  }

  private static String variation(Browser browser, String feature) {
    return browser.open("page?feature=" + feature).text("variation");
  }
}
