package io.github.kameleoonservlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Tests that the POM of the javax edition brings the libraries of {@code pom.xml}, but not the jars
 * that only Jakarta EE needs. {@link VersionsTest} compares the versions.
 */
class JavaxPomTest {

  private static final String SERVLET = "javax.servlet:javax.servlet-api";

  @Test
  void libraries_equalThoseOfRootPomWithoutJakartaJson() throws Exception {
    List<String> root = libraries(Path.of("pom.xml"));
    assertThat(root)
        .contains("org.eclipse.parsson:parsson:runtime", "jakarta.json:jakarta.json-api:compile");

    List<String> wanted =
        Stream.concat(
                root.stream().filter(library -> !library.matches(".*(parsson|jakarta).*")),
                // A transitive dependency in the root's POM.
                Stream.of("org.glassfish:javax.json:compile"))
            .toList();
    assertThat(libraries(Path.of("src/javax/pom.xml")))
        .containsExactlyInAnyOrderElementsOf(wanted)
        .noneMatch(library -> library.startsWith("jakarta."));
  }

  @Test
  void exclusions_ofSdk_areThoseOfRootPomAndServletApi() throws Exception {
    List<String> javax = exclusions(Path.of("src/javax/pom.xml"));

    assertThat(javax).contains(SERVLET);
    assertThat(javax.stream().filter(jar -> !jar.equals(SERVLET)))
        .containsExactlyInAnyOrderElementsOf(exclusions(Path.of("pom.xml")));
  }

  /** Returns the dependencies that an application gets, with their scopes. */
  private static List<String> libraries(Path pom) throws Exception {
    return elements(pom, "dependency")
        .filter(
            dependency ->
                dependency.getParentNode().getParentNode().getNodeName().equals("project"))
        .map(dependency -> name(dependency) + ":" + child(dependency, "scope", "compile"))
        .filter(dependency -> dependency.matches(".*:(compile|runtime)"))
        .toList();
  }

  private static List<String> exclusions(Path pom) throws Exception {
    return elements(pom, "exclusion").map(JavaxPomTest::name).toList();
  }

  private static Stream<Element> elements(Path pom, String tag) throws Exception {
    NodeList found =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(pom.toFile())
            .getElementsByTagName(tag);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
  }

  private static String name(Element element) {
    return child(element, "groupId", "") + ":" + child(element, "artifactId", "");
  }

  private static String child(Element element, String name, String otherwise) {
    NodeList found = element.getElementsByTagName(name);
    return found.getLength() == 0 ? otherwise : found.item(0).getTextContent();
  }
}
