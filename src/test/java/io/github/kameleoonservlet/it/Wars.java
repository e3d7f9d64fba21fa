package io.github.kameleoonservlet.it;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ExplodedImporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The deployed web apps. */
final class Wars {

  private Wars() {}

  /** Returns the WAR that the pom of webapp-sample built in this build. */
  static WebArchive sample() {
    return ShrinkWrap.create(ZipImporter.class, "webapp-sample.war")
        .importFrom(property("it.sample").resolve("webapp-sample.war").toFile())
        .as(WebArchive.class);
  }

  /**
   * Returns the WAR of webapp-sample under another name, with its own database, and with other
   * values in its {@code web.xml} and its data file.
   *
   * @param values texts, and the texts that replace them
   */
  static WebArchive sample(String name, Map<String, String> values) {
    WebArchive war =
        ShrinkWrap.create(ZipImporter.class, name + ".war")
            .importFrom(property("it.sample").resolve("webapp-sample.war").toFile())
            .as(WebArchive.class);
    values.forEach(
        (before, after) -> {
          long changed =
              Stream.of("web.xml", "kameleoon-data-file.json")
                  .filter(file -> replace(war, file, before, after))
                  .count();
          if (changed != 1) {
            throw new IllegalArgumentException(before + " stands in " + changed + " files");
          }
        });
    // Two web apps cannot open the same H2 file.
    replace(war, "classes/META-INF/persistence.xml", "/webapp-sample/", "/" + name + "/");
    return war;
  }

  /**
   * Copies the exploded WAR of webapp-sample, with more settings.
   *
   * @param settings names and values, which become context-params
   */
  static void exploded(Path to, Map<String, String> settings) {
    String parameters =
        settings.entrySet().stream()
            .map(
                setting ->
                    "<context-param><param-name>kameleoon.%s</param-name><param-value>%s</param-value></context-param>%n"
                        .formatted(setting.getKey(), setting.getValue()))
            .collect(Collectors.joining());
    Path from = property("it.sample").resolve("webapp-sample");
    try (Stream<Path> files = Files.walk(from)) {
      Files.createDirectories(to.getParent());
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
      Path webXml = to.resolve("WEB-INF/web.xml");
      String text = Files.readString(webXml);
      Files.writeString(webXml, text.replaceFirst("<context-param>", parameters + "$0"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean replace(WebArchive war, String file, String before, String after) {
    try (InputStream stream = war.get("WEB-INF/" + file).getAsset().openStream()) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      war.addAsWebInfResource(new StringAsset(text.replace(before, after)), file);
      return text.contains(before);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the address of a deployed web app. */
  static URI address(String name) {
    return URI.create("http://127.0.0.1:" + System.getProperty("it.port") + "/" + name + "/");
  }

  /**
   * Returns a folder of {@code src/test/webapps} with the shop's data file, the packaged jar and
   * its dependencies.
   */
  static WebArchive folder(String name) {
    return withLibraries(folderWithoutLibraries(name, name));
  }

  /** Returns a folder under another name, with other values in its {@code web.xml}. */
  static WebArchive folder(String folder, String name, Map<String, String> values) {
    WebArchive war = withLibraries(folderWithoutLibraries(folder, name));
    values.forEach((before, after) -> replace(war, "web.xml", before, after));
    return war;
  }

  private static WebArchive withLibraries(WebArchive war) {
    return war.addAsLibrary(jar()).addAsLibraries(property("it.libraries").toFile().listFiles());
  }

  /** Returns a folder with the data file under another name, without libraries. */
  static WebArchive folderWithoutLibraries(String folder, String name) {
    return ShrinkWrap.create(ExplodedImporter.class, name + ".war")
        .importDirectory(property("it.webapps").resolve(folder).toFile())
        .as(WebArchive.class)
        .addAsWebInfResource(
            new File("webapp-sample/src/main/webapp/WEB-INF/kameleoon-data-file.json"),
            "kameleoon-data-file.json");
  }

  /** Returns the jar of this build. */
  static File jar() {
    return property("it.jar").toFile();
  }

  static Path property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not set: run mvn verify");
    }
    return Path.of(value);
  }
}
