package io.github.kameleoonservlet.internal.config;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what the settings name in the web application and its server. */
public final class ApplicationResources {

  private static final Logger LOG = LoggerFactory.getLogger(ApplicationResources.class);
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  private ApplicationResources() {}

  /** A path as it is, or that of a resource of the web application, such as /WEB-INF/data.json. */
  public static @Nullable String dataFile(@Nullable String path, ServletContext context)
      throws ServletException {
    if (path == null || !path.startsWith("/WEB-INF/")) {
      return path;
    }
    String realPath = context.getRealPath(path);
    if (realPath != null) {
      return realPath;
    }
    // The server runs the WAR without unpacking it.
    try (InputStream resource = context.getResourceAsStream(path)) {
      if (resource == null) {
        return path;
      }
      // The server's own folder for this application, which goes with it.
      Path copy =
          context.getAttribute(ServletContext.TEMPDIR) instanceof File folder
              ? folder.toPath().resolve("kameleoon-data-file.json")
              : Files.createTempFile("kameleoon-data-file", ".json");
      Files.copy(resource, copy, StandardCopyOption.REPLACE_EXISTING);
      return copy.toString();
    } catch (IOException e) {
      throw new ServletException("dataFile '" + path + "' cannot be read from the WAR", e);
    }
  }

  /**
   * Where the default H2 database of a web application lies: in a folder of its own, which nobody
   * else may read, for the keys of users are hashes that somebody with a list of ids could match.
   */
  public static Path databaseFile(ServletContext context) throws ServletException {
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

  /** A folder that was there before, or came out of a backup, may be open. */
  private static void closeToOthers(Path folder) throws IOException {
    if (OWNERS.containsAll(Files.getPosixFilePermissions(folder))) {
      return;
    }
    try {
      Files.setPosixFilePermissions(folder, OWNERS);
    } catch (IOException e) {
      LOG.warn("The folder {} is open to other users of this machine: {}", folder, e.toString());
    }
  }

  /** What the setting {@code dataSource} names. */
  public static DataSource dataSource(Parameters parameters, String name) throws ServletException {
    try {
      return lookUp(name);
    } catch (NamingException | ClassCastException e) {
      ServletException wrong =
          parameters.wrong(
              "dataSource", name, "the JNDI name of a javax.sql.DataSource; " + notThere(name, e));
      wrong.initCause(e);
      throw wrong;
    }
  }

  /** What a unit of the application names; null for null. */
  public static @Nullable DataSource dataSource(
      Parameters parameters, String unit, @Nullable String name) throws ServletException {
    try {
      return name == null ? null : lookUp(name);
    } catch (NamingException | ClassCastException e) {
      ServletException wrong =
          parameters.wrong(
              "persistenceUnit", unit, "a unit whose data source is there; " + notThere(name, e));
      wrong.initCause(e);
      throw wrong;
    }
  }

  /** On the thread that deploys: WildFly knows the application's names on no other. */
  @SuppressWarnings("BanJNDI") // The name is the deployer's own, out of a descriptor.
  private static DataSource lookUp(String name) throws NamingException {
    return (DataSource) new InitialContext().lookup(path(name));
  }

  private static String path(String name) {
    return name.startsWith("java:") ? name : "java:comp/env/" + name;
  }

  private static String notThere(String name, Exception fault) {
    return fault instanceof NamingException
        ? "the server finds none under " + path(name) + " (Tomcat: a <Resource> in context.xml)"
        : "what is under " + path(name) + " is none";
  }
}
