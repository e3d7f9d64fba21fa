package io.github.kameleoonservlet.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockServletContext;

class DefaultDatabaseTest {

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
  void file_newFolder_belongsToOwner() throws Exception {
    assertThat(permissionsOfFolder()).isEqualTo("rwx------");
  }

  @Test
  void file_inOpenFolder_isNotReadableByOthers() throws Exception {
    Path folder = Files.createDirectories(home.resolve(".kameleoon-servlet/ROOT"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThat(permissionsOfFolder()).isEqualTo("rwx------");
  }

  private static String permissionsOfFolder() throws Exception {
    MockServletContext root = new MockServletContext();
    root.setContextPath("");
    Path folder = DefaultDatabase.file(root).getParent();
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
  }
}
