package io.github.kameleoonservlet.installer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * A parsed {@code web.xml}: its elements, and the places of the elements in the text.
 *
 * <p>The parser reads no other file and no address: it skips external entities and document types.
 * It refuses a file whose entities exceed the limits of the JDK.
 *
 * @param documentType the public and the system id, see {@link XmlReader#documentType()}
 */
record XmlDocument(XmlText text, String documentType, XmlElement root) {

  private static final String XERCES = "http://apache.org/xml/features/";
  private static final String SAX = "http://xml.org/sax/features/";

  static XmlDocument of(byte[] file) throws RefusedException {
    XmlReader reader = new XmlReader();
    parse(file, reader);
    XmlText text = XmlText.of(file);
    XmlSpans spans = XmlSpans.of(text.toString());
    if (spans.hasEntityInRoot()) {
      throw new RefusedException(
          "WEB-INF/web.xml takes elements from an entity, which this command does not read. Add"
              + " the filter by hand.");
    }
    return new XmlDocument(text, reader.documentType(), reader.root(spans.list()));
  }

  private static void parse(byte[] file, XmlReader reader) throws RefusedException {
    try {
      parser(reader).parse(new InputSource(new ByteArrayInputStream(file)), reader);
    } catch (SAXParseException e) {
      throw new RefusedException(
          "WEB-INF/web.xml is not well-formed XML (line "
              + e.getLineNumber()
              + ", column "
              + e.getColumnNumber()
              + "): "
              + e.getMessage()
              + " Nothing was changed.",
          e);
    } catch (SAXException | IOException e) {
      throw new RefusedException(
          "WEB-INF/web.xml cannot be read: " + e.getMessage() + " Nothing was changed.", e);
    }
  }

  private static SAXParser parser(XmlReader reader) throws SAXException {
    try {
      SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature(XERCES + "nonvalidating/load-external-dtd", false);
      factory.setFeature(SAX + "external-general-entities", false);
      factory.setFeature(SAX + "external-parameter-entities", false);
      // As Tomcat does. Without it, Java's names of encodings, such as Cp1252, are errors.
      factory.setFeature(XERCES + "allow-java-encodings", true);
      SAXParser parser = factory.newSAXParser();
      parser.setProperty("http://xml.org/sax/properties/lexical-handler", reader);
      return parser;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("The JDK's XML parser lacks a feature", e);
    }
  }
}
