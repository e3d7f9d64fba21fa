package io.github.kameleoonservlet.internal.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.jdbc.JdbcDatabase;
import io.github.kameleoonservlet.internal.jdbc.JdbcVisitorCodeStore;
import io.github.kameleoonservlet.internal.jdbc.SchemaMode;
import io.github.kameleoonservlet.testing.PersistenceXmlFolder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationUnitTest {

  private static final UserKey USER = new UserKey("a".repeat(64));
  private static final VisitorCode CODE = new VisitorCode("code");

  @TempDir Path folder;

  @Test
  void named_missingUnit_listsUnits() {
    assertThatThrownBy(() -> named("shp", unit("shop", "", "") + unit("orders", "", "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a unit of a META-INF/persistence.xml; there are shop, orders");
  }

  @Test
  void named_noPersistenceXml_namesFile() {
    assertThatThrownBy(() -> ApplicationUnit.named("shop"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a unit of a META-INF/persistence.xml; there is none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "transaction-type=\"JTA\" | <jta-data-source>java:/ShopDS</jta-data-source> | java:/ShopDS",
        "''                       | <jta-data-source>java:/ShopDS</jta-data-source> | java:/ShopDS",
        "transaction-type=\"JTA\" | ''                                 | its data source",
        "transaction-type=\"JTA\" | <non-jta-data-source>java:/ShopDS</non-jta-data-source>"
            + " | its data source"
      })
  void named_jtaUnit_isRefusedWithSolution(String type, String elements, String dataSource) {
    assertThatThrownBy(() -> named("shop", unit("shop", type, elements)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RESOURCE_LOCAL, and shop is JTA: set dataSource to " + dataSource);
  }

  @ParameterizedTest
  @CsvSource({
    "none.such.property, ''",
    "jakarta.persistence.jdbc.url, ${shop.url}",
    "hibernate.connection.provider_class, shop.Pool"
  })
  void named_unitWithoutDatabase_isRefusedWithSolution(String property, String value) {
    assertThatThrownBy(() -> named("shop", unit("shop", "", properties(property, value))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("jakarta.persistence.jdbc.url", "set dataSource or jdbcUrl");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<persistence-unit name=\"shop\">",
        "</persistence>",
        "<!ENTITY file SYSTEM \"file:///etc/passwd\">",
        "<persistence-unit name=\"shop\"><provider>&file;</provider></persistence-unit>"
      })
  void named_brokenFile_isRefusedWithPlace(String xml) {
    assertThatThrownBy(() -> named("shop", xml))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("can be read", folder.toString(), "persistence.xml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop, broken", "broken, shop"})
  void named_brokenFileOfOtherJar_findsUnit(String order) throws Exception {
    PersistenceXmlFolder shop =
        new PersistenceXmlFolder(
            folder.resolve("shop"),
            unit("shop", "", "<non-jta-data-source>S</non-jta-data-source>"));
    PersistenceXmlFolder broken =
        new PersistenceXmlFolder(folder.resolve("broken"), "<persistence-unit name=\"x\">");
    boolean shopFirst = order.startsWith("shop");

    ApplicationUnit unit =
        (shopFirst ? broken : shop)
            .inside(() -> (shopFirst ? shop : broken).inside(() -> ApplicationUnit.named("shop")));

    assertThat(unit.dataSource()).isEqualTo("S");
  }

  @ParameterizedTest
  @CsvSource({
    "jakarta.persistence.nonJtaDataSource, java:Shop",
    "hibernate.connection.datasource, java:/S"
  })
  void dataSource_propertyOfUnit_isJndiName(String property, String expected) throws Exception {
    assertThat(dataSource(properties(property, expected))).isEqualTo(expected);
  }

  @Test
  void dataSource_elementOfUnit_isJndiName() throws Exception {
    assertThat(dataSource("<non-jta-data-source> jdbc/shop </non-jta-data-source>"))
        .isEqualTo("jdbc/shop");
  }

  private String dataSource(String elements) throws Exception {
    return named("shop", unit("shop", "transaction-type=\"RESOURCE_LOCAL\"", elements))
        .dataSource();
  }

  @Test
  void database_dataSourceOfUnit_keepsLinks() throws Exception {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:found");
    try (Connection keep = h2.getConnection()) {
      JdbcDatabase database =
          named("shop", unit("shop", "", "<non-jta-data-source>S</non-jta-data-source>"))
              .database(h2);

      assertThat(database.isLocal()).isFalse();
      assertLinksIn(database, keep);
    }
  }

  /** The property names of old and new persistence units for their URL. */
  @ParameterizedTest
  @CsvSource({
    "jakarta.persistence.jdbc., user",
    "javax.persistence.jdbc., user",
    "hibernate.connection., username"
  })
  void database_urlUserAndPasswordOfUnit_keepsLinks(String prefix, String user) throws Exception {
    String elements =
        """
        <provider>none.such.Provider</provider>
        <properties>
          <property name="%1$surl" value="jdbc:h2:mem:unit-of-any-age"/>
          <property name="%1$s%2$s" value="joe"/>
          <property name="%1$spassword" value=" hush &amp; hush "/>
        </properties>
        """
            .formatted(prefix, user);
    try (Connection keep =
        DriverManager.getConnection("jdbc:h2:mem:unit-of-any-age", "joe", " hush & hush ")) {
      ApplicationUnit unit =
          new PersistenceXmlFolder(
                  folder,
                  "http://java.sun.com/xml/ns/persistence",
                  "2.0",
                  unit("shop", "transaction-type=\"RESOURCE_LOCAL\"", elements))
              .inside(() -> ApplicationUnit.named("shop"));

      assertThat(unit.dataSource()).isNull();
      assertThat(unit.database(null).isLocal()).isTrue();
      assertThat(unit).hasToString("ApplicationUnit[shop]");
      assertLinksIn(unit.database(null), keep);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:h2:mem:x, true",
    "jdbc:h2:file:/x, true",
    "jdbc:h2:~/x, true",
    "jdbc:h2:tcp://db/x, false",
    "jdbc:h2:ssl://db/x, false",
    "jdbc:postgresql://db/x, false"
  })
  void isLocal_urlOfH2InThisJvm_isTrue(String url, boolean local) {
    assertThat(JdbcDatabase.of(url, null, null, null).isLocal()).isEqualTo(local);
  }

  private static void assertLinksIn(JdbcDatabase database, Connection connection)
      throws SQLException {
    try (JdbcVisitorCodeStore store = JdbcVisitorCodeStore.open(database, SchemaMode.CREATE)) {
      store.link(USER, CODE);
    }
    try (var rows =
        connection.createStatement().executeQuery("select code from kameleoon_visitor_code")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo(CODE.value());
    }
  }

  private ApplicationUnit named(String name, String units) throws Exception {
    return new PersistenceXmlFolder(folder, units).inside(() -> ApplicationUnit.named(name));
  }

  private static String properties(String name, String value) {
    return "<properties><property name=\"%s\" value=\"%s\"/></properties>".formatted(name, value);
  }

  private static String unit(String name, String attributes, String elements) {
    return "<persistence-unit name=\"%s\" %s>%s</persistence-unit>\n"
        .formatted(name, attributes, elements);
  }
}
