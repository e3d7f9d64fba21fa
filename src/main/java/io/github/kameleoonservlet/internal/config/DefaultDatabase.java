package io.github.kameleoonservlet.internal.config;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The place of the H2 database of a web application that sets no store. */
public final class DefaultDatabase {

  private static final Logger LOG = LoggerFactory.getLogger(DefaultDatabase.class);
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  private DefaultDatabase() {}

  /**
   * Returns the path of the database. Creates a folder for each web application that other users of
   * the machine cannot read, because a reader with a list of user ids could find the users of the
   * hashed keys.
   *
   * @throws ServletException if the folder cannot be created
   */
  public static Path file(ServletContext context) throws ServletException {
    String path = context.getContextPath();
    String name =
        path.isEmpty() ? "ROOT" : URLEncoder.encode(path.substring(1), StandardCharsets.UTF_8);
    Path folder = Path.of(System.getProperty("user.home"), ".kameleoon-servlet", name);
    try {
      if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNERS));
        closeToOthers(folder);
      }
    } catch (IOException e) {
      throw new ServletException(
          "Cannot create the folder "
              + folder
              + " for the default H2 file: set dataSource or jdbcUrl, or give the server's user a"
              + " writable home",
          e);
    }
    return folder.resolve("visitors");
  }

  /** Restricts the permissions of an existing folder, for example of a restored backup. */
  private static void closeToOthers(Path folder) throws IOException {
    if (OWNERS.containsAll(Files.getPosixFilePermissions(folder))) {
      return;
    }
    try {
      Files.setPosixFilePermissions(folder, OWNERS);
    } catch (IOException e) {
      LOG.warn(
          "The folder {} of the visitor codes is open to other users of this machine, and its"
              + " permissions cannot be changed: {}. Restrict the permissions of the folder.",
          folder,
          e.toString());
    }
  }
}
