package io.github.kameleoonservlet.installer;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URL;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** The schemas of {@code web.xml} and the DTD of version 2.3, as servers have them. */
final class Schemas {

  private static final String FOLDER = "/jakarta/servlet/resources/";
  private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

  private Schemas() {}

  /**
   * Validates a file.
   *
   * @throws SAXException with the first error
   */
  static void validate(String version, byte[] file) throws Exception {
    if (version.equals("2.3")) {
      validateByDtd(file);
    } else {
      SCHEMAS
          .computeIfAbsent(version, Schemas::schema)
          .newValidator()
          .validate(new StreamSource(new ByteArrayInputStream(file)));
    }
  }

  private static void validateByDtd(byte[] file) throws Exception {
    SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
    factory.setValidating(true);
    factory
        .newSAXParser()
        .parse(
            new ByteArrayInputStream(file),
            new DefaultHandler() {
              @Override
              public InputSource resolveEntity(String publicId, String systemId) {
                return new InputSource(resource(systemId).toString());
              }

              @Override
              public void error(SAXParseException e) throws SAXException {
                throw e;
              }
            });
  }

  private static Schema schema(String version) {
    try {
      DOMImplementationLS dom =
          (DOMImplementationLS)
              DOMImplementationRegistry.newInstance().getDOMImplementation("LS 3.0");
      SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
      factory.setResourceResolver(
          (type, namespace, publicId, systemId, base) -> {
            LSInput input = dom.createLSInput();
            input.setSystemId(systemId);
            InputStream stream = Schemas.class.getResourceAsStream(FOLDER + name(systemId));
            input.setByteStream(stream);
            if (stream == null) {
              input.setCharacterStream(new StringReader(""));
            }
            return input;
          });
      return factory.newSchema(resource("web-app_" + version.replace('.', '_') + ".xsd"));
    } catch (ReflectiveOperationException | SAXException e) {
      throw new IllegalStateException(e);
    }
  }

  private static URL resource(String address) {
    return Objects.requireNonNull(Schemas.class.getResource(FOLDER + name(address)), address);
  }

  private static String name(String address) {
    return address.substring(address.lastIndexOf('/') + 1);
  }
}
