package io.github.kameleoonservlet.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.tomcat.util.descriptor.DigesterFactory;
import org.apache.tomcat.util.descriptor.LocalResolver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXParseException;

/**
 * Tests the jar of the javax edition: it has the classes of the jakarta edition, and names none of
 * the APIs that Java EE has under another name.
 */
@Tag("tomcat")
class JavaxEditionIT {

  private static final String TLD = "META-INF/kameleoon.tld";
  private static final String POM =
      "META-INF/maven/io.github.kameleoonservlet/kameleoon-servlet-javax/pom.";
  private static final Path SOURCES = Path.of("src/javax");

  /** Matches names in class files, in signatures, in texts and in resources. */
  private static final Pattern MOVED_API =
      Pattern.compile("jakarta[./](?!faces\\.resource/\\*)[\\w./$]*");

  @Test
  void everyClassAndResource_namesNoJakartaApi() throws IOException {
    Map<String, String> jakarta = new TreeMap<>();
    read(javax())
        .forEach(
            (name, content) ->
                Stream.of(name, content)
                    .flatMap(text -> MOVED_API.matcher(text).results())
                    .map(MatchResult::group)
                    .forEach(found -> jakarta.put(name, found)));

    assertThat(jakarta)
        .as("the build changes the begin of a text only, and no unused constant of a class")
        .isEmpty();
  }

  @Test
  void entries_equalThoseOfJakartaEdition() throws IOException {
    List<String> javax = entries(javax());

    assertThat(javax).containsExactlyElementsOf(entries(Wars.property("it.jar")));
    assertThat(javax).hasSizeGreaterThan(300).contains(TLD);
  }

  @Test
  void module_hasNameOfJakartaEdition() throws IOException {
    try (JarFile javax = new JarFile(javax().toFile());
        JarFile jakarta = new JarFile(Wars.property("it.jar").toFile())) {
      assertThat(javax.getManifest()).isEqualTo(jakarta.getManifest());
    }
  }

  @Test
  void mavenDescriptor_isOfJavaxEdition() throws IOException {
    Map<String, String> maven = read(javax());
    maven.keySet().removeIf(name -> !name.startsWith("META-INF/maven/"));

    assertThat(maven)
        .isEqualTo(
            Map.of(
                POM + "xml", text(SOURCES.resolve("pom.xml")),
                POM + "properties", text(SOURCES.resolve("pom.properties"))));
  }

  @Test
  void tagLibrary_isValid() throws Exception {
    Element taglib = taglib(javax());

    assertThat(taglib.getNamespaceURI()).isEqualTo("http://java.sun.com/xml/ns/javaee");
    assertThat(taglib.getAttribute("version")).isEqualTo("2.1");
    assertThat(taglib.getAttributeNS(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "schemaLocation"))
        .endsWith("http://java.sun.com/xml/ns/javaee/web-jsptaglibrary_2_1.xsd");
  }

  @Test
  void tagLibrary_hasTagsOfJakartaEdition() throws Exception {
    List<String> tags = leaves(taglib(javax()));

    assertThat(tags).containsExactlyElementsOf(leaves(taglib(Wars.property("it.jar"))));
    assertThat(tags).contains("tag-class io.github.kameleoonservlet.jsp.VariationTag");
  }

  private static Path javax() {
    return Wars.property("it.javax.jar");
  }

  /** Returns the root of a tag library, validated with the schemas of Tomcat. */
  private static Element taglib(Path jar) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setValidating(true);
    factory.setAttribute(
        "http://java.sun.com/xml/jaxp/properties/schemaLanguage",
        XMLConstants.W3C_XML_SCHEMA_NS_URI);
    DocumentBuilder builder = factory.newDocumentBuilder();
    builder.setEntityResolver(
        new LocalResolver(
            DigesterFactory.SERVLET_API_PUBLIC_IDS, DigesterFactory.SERVLET_API_SYSTEM_IDS, true));
    builder.setErrorHandler(new Refusal());
    try (JarFile file = new JarFile(jar.toFile());
        InputStream content = file.getInputStream(file.getEntry(TLD))) {
      return builder.parse(content).getDocumentElement();
    }
  }

  /** Returns the names and texts of all elements without children, in order. */
  private static List<String> leaves(Element element) {
    List<String> leaves = new ArrayList<>();
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element) {
        leaves.addAll(leaves((Element) child));
      }
    }
    return leaves.isEmpty()
        ? List.of(element.getLocalName() + " " + element.getTextContent())
        : leaves;
  }

  /** Returns the names of all entries without those of Maven, in alphabetical order. */
  private static List<String> entries(Path jar) throws IOException {
    return read(jar).keySet().stream().filter(name -> !name.startsWith("META-INF/maven/")).toList();
  }

  /** Returns the content of all entries, with one character for each byte. */
  private static Map<String, String> read(Path jar) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (ZipEntry entry : file.stream().toList()) {
        if (!entry.isDirectory()) {
          try (InputStream bytes = file.getInputStream(entry)) {
            content.put(
                entry.getName(), new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1));
          }
        }
      }
    }
    return content;
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private static final class Refusal implements ErrorHandler {
    @Override
    public void warning(SAXParseException fault) throws SAXParseException {
      throw fault;
    }

    @Override
    public void error(SAXParseException fault) throws SAXParseException {
      throw fault;
    }

    @Override
    public void fatalError(SAXParseException fault) throws SAXParseException {
      throw fault;
    }
  }
}
