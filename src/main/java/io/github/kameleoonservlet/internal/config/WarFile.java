package io.github.kameleoonservlet.internal.config;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** The location of a data file, which may be inside the WAR. */
final class WarFile {

  private WarFile() {}

  /**
   * Returns the path of a file on the disk. Copies a file out of a WAR that the server does not
   * unpack.
   *
   * @param path a path on the disk, a resource of the web application such as {@code
   *     /WEB-INF/data.json}, or null
   * @throws ServletException if the file cannot be read from the WAR
   */
  static @Nullable String path(@Nullable String path, ServletContext context)
      throws ServletException {
    if (path == null || !path.startsWith("/WEB-INF/")) {
      return path;
    }
    String realPath = context.getRealPath(path);
    if (realPath != null) {
      return realPath;
    }
    try (InputStream resource = context.getResourceAsStream(path)) {
      if (resource == null) {
        return path;
      }
      // The server deletes this folder together with the application.
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
}
