package io.github.kameleoonservlet.testing;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Puts a {@code persistence.xml} in front of the class path of a task. */
public final class PersistenceXmlFolder {

  private final Path folder;

  /** Creates the file in an empty folder, with the given elements. */
  public PersistenceXmlFolder(Path folder, String units) throws IOException {
    this(folder, "https://jakarta.ee/xml/ns/persistence", "3.0", units);
  }

  /**
   * Creates the file in an empty folder, with its namespace, its version and the given elements.
   */
  public PersistenceXmlFolder(Path folder, String namespace, String version, String units)
      throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("META-INF"));
    Files.writeString(
        folder.resolve("META-INF/persistence.xml"),
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- The <persistence-unit name="none"> of a comment is none. -->
        <persistence xmlns="%s" version="%s">
        %s
        </persistence>
        """
            .formatted(namespace, version, units));
  }

  /**
   * Returns the shop's own unit, with an entity and with settings that must not reach the library's
   * unit.
   */
  public static String shop(String url) {
    return """
        <persistence-unit name="shop" transaction-type="RESOURCE_LOCAL">
          <class>shop.Order</class>
          <properties>
            <property name="%1$sjdbc.url" value="%2$s"/>
            <property name="%1$sjdbc.user" value="sa"/>
            <property name="%1$sjdbc.password" value=""/>
            <property name="%1$sschema-generation.database.action" value="drop-and-create"/>
            <property name="hibernate.hbm2ddl.auto" value="create-drop"/>
            <property name="hibernate.default_schema" value="nowhere"/>
            <property name="eclipselink.ddl-generation" value="drop-and-create-tables"/>
          </properties>
        </persistence-unit>
        """
        .formatted("jakarta.persistence.", url);
  }

  /** Runs a task on this thread as in an application with this file. */
  public <T> T inside(Callable<T> work) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      return work.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
