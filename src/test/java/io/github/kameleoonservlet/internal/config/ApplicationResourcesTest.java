package io.github.kameleoonservlet.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockServletContext;

class ApplicationResourcesTest {

  private final String before = System.getProperty("user.home");
  @TempDir private Path home;

  @BeforeEach
  void moveHome() {
    assumeTrue(home.getFileSystem().supportedFileAttributeViews().contains("posix"));
    System.setProperty("user.home", home.toString());
  }

  @AfterEach
  void moveBack() {
    System.setProperty("user.home", before);
  }

  @Test
  void databaseFile_newFolder_isItsOwners() throws Exception {
    assertThat(permissionsOfTheFolder()).isEqualTo("rwx------");
  }

  @Test
  void databaseFile_folderThatIsOpenToOthers_isClosed() throws Exception {
    Path folder = Files.createDirectories(home.resolve(".kameleoon-servlet/ROOT"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThat(permissionsOfTheFolder()).isEqualTo("rwx------");
  }

  @Test
  void dataSource_notBound_saysWhereItWasLookedFor() {
    Parameters parameters = new Parameters(new MockFilterConfig("visitor"), name -> null);

    assertThatThrownBy(() -> ApplicationResources.dataSource(parameters, "jdbc/shop"))
        .isInstanceOf(ServletException.class)
        .hasMessageContainingAll(
            "'dataSource'", "'jdbc/shop'", "none under java:comp/env/jdbc/shop");
  }

  // ---- the data file

  @Test
  void dataFile_outsideTheWar_isTheSetting() throws Exception {
    MockServletContext context = new MockServletContext();

    assertThat(ApplicationResources.dataFile(null, context)).isNull();
    assertThat(ApplicationResources.dataFile("/etc/data.json", context))
        .isEqualTo("/etc/data.json");
    assertThat(ApplicationResources.dataFile("/WEB-INF/nosuch.json", context))
        .isEqualTo("/WEB-INF/nosuch.json");
  }

  @Test
  void dataFile_inUnpackedWar_isItsRealPath() throws Exception {
    MockServletContext context =
        new MockServletContext() {
          @Override
          public String getRealPath(String path) {
            return "/server/webapps/shop" + path;
          }
        };

    assertThat(ApplicationResources.dataFile("/WEB-INF/data.json", context))
        .isEqualTo("/server/webapps/shop/WEB-INF/data.json");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void dataFile_inPackedWar_isCopied(boolean serverHasFolder) throws Exception {
    MockServletContext context = packedWar();
    context.setAttribute(ServletContext.TEMPDIR, serverHasFolder ? home.toFile() : null);

    Path copy = Path.of(ApplicationResources.dataFile("/WEB-INF/data.json", context));

    assertThat(copy).hasContent("{}");
    assertThat(copy.startsWith(home)).isEqualTo(serverHasFolder);
    Files.delete(copy);
  }

  private static MockServletContext packedWar() {
    return new MockServletContext() {
      @Override
      public String getRealPath(String path) {
        return null;
      }

      @Override
      public InputStream getResourceAsStream(String path) {
        return new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8));
      }
    };
  }

  // ---- data sources

  @ParameterizedTest
  @CsvSource({
    "jdbc/shop, java:comp/env/jdbc/shop",
    "java:/shop, java:/shop",
    "java:comp/env/jdbc/shop, java:comp/env/jdbc/shop"
  })
  void dataSource_bound_isReturned(String name, String path) throws Exception {
    Parameters parameters = new Parameters(new MockFilterConfig("visitor"), any -> null);
    JdbcDataSource shops = new JdbcDataSource();
    try (Directory directory = new Directory(path, shops)) {
      assertThat(directory.name()).isEqualTo(path);
      assertThat(ApplicationResources.dataSource(parameters, name)).isSameAs(shops);
      assertThat(ApplicationResources.dataSource(parameters, "unit", name)).isSameAs(shops);
    }
  }

  @Test
  void dataSource_otherObject_saysWhatItIsNot() throws Exception {
    Parameters parameters = new Parameters(new MockFilterConfig("visitor"), any -> null);
    try (Directory directory = new Directory("java:comp/env/jdbc/shop", List.of())) {
      assertThatThrownBy(() -> ApplicationResources.dataSource(parameters, "jdbc/shop"))
          .isInstanceOf(ServletException.class)
          .hasMessageContainingAll("'dataSource'", directory.name() + " is");
      assertThatThrownBy(() -> ApplicationResources.dataSource(parameters, "orders", "jdbc/shop"))
          .isInstanceOf(ServletException.class)
          .hasMessageContainingAll("'persistenceUnit'", "'orders'", directory.name() + " is");
    }
  }

  @Test
  void dataSource_unitWithoutOne_isNull() throws Exception {
    Parameters parameters = new Parameters(new MockFilterConfig("visitor"), any -> null);

    assertThat(ApplicationResources.dataSource(parameters, "orders", null)).isNull();
  }

  /** A naming service with one entry. */
  private record Directory(String name, String before) implements AutoCloseable {
    private static final String FACTORY = Context.INITIAL_CONTEXT_FACTORY;
    private static Object entry;
    private static String path;

    Directory(String name, Object bound) {
      this(name, System.getProperty(FACTORY));
      entry = bound;
      path = name;
      System.setProperty(FACTORY, Naming.class.getName());
    }

    @Override
    public void close() {
      if (before == null) {
        System.clearProperty(FACTORY);
      } else {
        System.setProperty(FACTORY, before);
      }
    }
  }

  /** Made by {@link InitialContext}. */
  public static final class Naming implements InitialContextFactory {
    @Override
    public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
      return new InitialContext(true) {
        @Override
        public Object lookup(String name) throws NamingException {
          if (!name.equals(Directory.path)) {
            throw new NameNotFoundException(name);
          }
          return Directory.entry;
        }
      };
    }
  }

  private static String permissionsOfTheFolder() throws Exception {
    MockServletContext root = new MockServletContext();
    root.setContextPath("");
    Path folder = ApplicationResources.databaseFile(root).getParent();
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
  }
}
