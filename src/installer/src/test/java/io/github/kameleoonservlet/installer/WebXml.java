package io.github.kameleoonservlet.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Texts of {@code web.xml} for tests, and what the tests read from a changed one. */
final class WebXml {

  static final String MAPPING =
      "<filter-mapping><filter-name>%s</filter-name><url-pattern>%s</url-pattern></filter-mapping>";

  private static final String DOCTYPE =
      "<!DOCTYPE web-app PUBLIC \"-//Sun Microsystems, Inc.//DTD Web Application 2.3//EN\""
          + " \"http://java.sun.com/dtd/web-app_2_3.dtd\">\n";

  private WebXml() {}

  /** Returns the start tag of a version, with its document type, in front of the content. */
  static String of(String version, String content) {
    String namespace =
        switch (version) {
          case "none" -> "";
          case "2.3" -> "";
          case "2.4" -> "http://java.sun.com/xml/ns/j2ee";
          case "2.5", "3.0" -> "http://java.sun.com/xml/ns/javaee";
          case "3.1", "4.0" -> "http://xmlns.jcp.org/xml/ns/javaee";
          default -> "https://jakarta.ee/xml/ns/jakartaee";
        };
    String attributes =
        namespace.isEmpty() ? "" : " xmlns=\"" + namespace + "\" version=\"" + version + "\"";
    return (version.equals("2.3") ? DOCTYPE : "")
        + "<web-app"
        + attributes
        + ">"
        + content
        + "</web-app>";
  }

  static String filter(String name, String type) {
    return "<filter><filter-name>"
        + name
        + "</filter-name><filter-class>"
        + type
        + "</filter-class></filter>";
  }

  static String mapping(String filter, String pattern) {
    return MAPPING.formatted(filter, pattern);
  }

  static DeploymentDescriptor read(String xml) throws RefusedException {
    return DeploymentDescriptor.read(xml.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the file with the filter, after a check that only insertions changed it. */
  static DeploymentDescriptor installed(byte[] file, @Nullable String after)
      throws RefusedException {
    DeploymentDescriptor changed =
        DeploymentDescriptor.read(file).withVisitorFilter(Map.of("siteCode", "abc"), after);
    assertInsertionsOnly(file, changed.bytes());
    return changed;
  }

  static DeploymentDescriptor installed(String xml) throws RefusedException {
    return installed(xml.getBytes(StandardCharsets.UTF_8), null);
  }

  static String text(DeploymentDescriptor descriptor, Charset charset) {
    return new String(descriptor.bytes(), charset);
  }

  static String text(DeploymentDescriptor descriptor) {
    return text(descriptor, StandardCharsets.UTF_8);
  }

  /** Returns the filters of the mappings, in their order. */
  static List<String> mappedFilters(DeploymentDescriptor descriptor) throws RefusedException {
    return elements(descriptor, "filter-mapping")
        .map(mapping -> mapping.childText("filter-name"))
        .toList();
  }

  static Stream<XmlElement> elements(DeploymentDescriptor descriptor, String name)
      throws RefusedException {
    return XmlDocument.of(descriptor.bytes()).root().children(name);
  }

  /** Returns the names of the root's child elements. */
  static List<String> order(DeploymentDescriptor descriptor) throws RefusedException {
    return XmlDocument.of(descriptor.bytes()).root().children().stream()
        .map(XmlElement::name)
        .toList();
  }

  /** Asserts that without some ranges of bytes the changed file is the original one. */
  static void assertInsertionsOnly(byte[] original, byte[] changed) {
    int found = 0;
    for (int i = 0; i < changed.length && found < original.length; i++) {
      if (changed[i] == original[found]) {
        found++;
      }
    }
    assertThat(found).as("bytes of the original in their order").isEqualTo(original.length);
    int same = Arrays.mismatch(original, changed);
    assertThat(same < 0 ? original.length : same)
        .as("bytes before the first insertion")
        .isPositive();
  }
}
