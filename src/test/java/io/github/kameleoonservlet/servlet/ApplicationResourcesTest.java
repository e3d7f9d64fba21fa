package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.servlet.ServletException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  private static String permissionsOfTheFolder() throws Exception {
    MockServletContext root = new MockServletContext();
    root.setContextPath("");
    Path folder = ApplicationResources.databaseFile(root).getParent();
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
  }
}
