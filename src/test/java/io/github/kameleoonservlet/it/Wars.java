package io.github.kameleoonservlet.it;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ExplodedImporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The web apps that are deployed. */
final class Wars {

  private Wars() {}

  /** The WAR that webapp-sample's own pom built in this very build. */
  static WebArchive sample() {
    return ShrinkWrap.create(ZipImporter.class, "webapp-sample.war")
        .importFrom(property("it.sample").resolve("webapp-sample.war").toFile())
        .as(WebArchive.class);
  }

  /** Where {@link #sample()} is served once a test has deployed it. */
  static URI sampleAddress() {
    return URI.create("http://127.0.0.1:" + System.getProperty("it.port") + "/webapp-sample/");
  }

  /**
   * A folder of {@code src/test/webapps} with the shop's data file, the packaged jar and its
   * dependencies.
   */
  static WebArchive folder(String name) {
    return ShrinkWrap.create(ExplodedImporter.class, name + ".war")
        .importDirectory("src/test/webapps/" + name)
        .as(WebArchive.class)
        .addAsWebInfResource(
            new File("webapp-sample/src/main/webapp/WEB-INF/kameleoon-data-file.json"),
            "kameleoon-data-file.json")
        .addAsLibrary(jar())
        .addAsLibraries(property("it.libraries").toFile().listFiles());
  }

  /** The jar of this build. */
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
