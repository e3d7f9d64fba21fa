package io.github.kameleoonservlet.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the library's store in a web app whose own persistence units the server manages. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("wildfly")
class ApplicationPersistenceUnitIT {

  @ArquillianResource private Deployer deployer;

  @Deployment(name = "own-database", managed = false, testable = false)
  static WebArchive ownDatabase() {
    return orders("own-database", "jdbcUrl", "jdbc:h2:mem:codes");
  }

  @Deployment(name = "data-source", managed = false, testable = false)
  static WebArchive dataSource() {
    return orders("data-source", "dataSource", "java:jboss/datasources/ExampleDS");
  }

  @Deployment(name = "persistence-unit", managed = false, testable = false)
  static WebArchive persistenceUnit() {
    return orders("persistence-unit", "persistenceUnit", "reports");
  }

  private static WebArchive orders(String name, String store, String place) {
    return Wars.folder("unit", name, Map.of("STORE", store, "PLACE", place))
        .addClasses(OrdersPage.class, PlacedOrder.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"own-database", "data-source", "persistence-unit"})
  void user_inTwoBrowsers_hasOneCodeAndOrders(String store) {
    deployer.deploy(store);
    try {
      String user = Shop.newUser("user-1");
      Browser one = new Browser(Wars.address(store));
      Browser other = new Browser(Wars.address(store));
      Page anonymous = one.open("page");
      assertThat(anonymous.text("orders")).isEqualTo("1");
      assertThat(other.open("page").code()).isNotEqualTo(anonymous.code());

      one.open("page?user=" + user);
      Page linked = Shop.resolved(one, "page");
      other.open("page?user=" + user);
      Page restored = Shop.resolved(other, "page");

      assertThat(linked.code()).isEqualTo(anonymous.code());
      assertThat(restored.code()).isEqualTo(anonymous.code());
      assertThat(restored.outcome()).isIn("RESTORED", "RECOGNIZED");
      assertThat(Integer.parseInt(restored.text("orders"))).isGreaterThan(3);
    } finally {
      deployer.undeploy(store);
    }
  }

  /** Checks the server log of all web apps so far. */
  @AfterEach
  void serversLog_complainsOfNoClassOfOurs() throws IOException {
    Path log =
        Wars.property("it.directory")
            .resolve("wildfly/wildfly-" + System.getProperty("it.wildfly"))
            .resolve("standalone/log/server.log");

    assertThat(Files.readString(log))
        .contains("Deployed")
        .doesNotContain("optional component io.github.kameleoonservlet");
  }
}
