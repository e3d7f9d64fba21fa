package io.github.kameleoonservlet.internal.jpa;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The parser of the application's {@code META-INF/persistence.xml} files of any version. Not
 * thread-safe.
 */
final class PersistenceXml {

  private static final String FILE = "META-INF/persistence.xml";

  /** The parts of a unit that the store may need. */
  record Unit(
      String name,
      @Nullable String transactionType,
      @Nullable String provider,
      @Nullable String jtaDataSource,
      @Nullable String nonJtaDataSource,
      Map<String, String> properties) {

    /**
     * Returns whether the unit uses JTA. Without a transaction type, the kind of its data source
     * decides, because the default differs between servers and Java SE.
     */
    boolean isJta() {
      return transactionType == null
          ? jtaDataSource != null && nonJtaDataSource == null
          : transactionType.equals("JTA");
    }
  }

  private final Map<String, String> elements = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();
  private final XMLStreamReader xml;

  private PersistenceXml(XMLStreamReader xml) {
    this.xml = xml;
  }

  /**
   * Returns the units by their names, in the order in which the class loader finds them.
   *
   * @param wanted the required unit. A broken file is ignored if another file contains this unit.
   * @throws IllegalArgumentException if a file cannot be read, and no other file contains the
   *     required unit
   */
  static Map<String, Unit> units(String wanted) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context == null ? PersistenceXml.class.getClassLoader() : context;
    Map<String, Unit> units = new LinkedHashMap<>();
    IllegalArgumentException fault = null;
    try {
      for (URL file : Collections.list(loader.getResources(FILE))) {
        try {
          read(file, units);
        } catch (IOException | XMLStreamException e) {
          fault =
              new IllegalArgumentException(
                  "a unit of a " + FILE + " that can be read, unlike " + file, e);
        }
      }
    } catch (IOException e) {
      fault = new IllegalArgumentException("a unit of a " + FILE + " that can be read", e);
    }
    if (fault != null && !units.containsKey(wanted)) {
      throw fault;
    }
    return units;
  }

  private static void read(URL file, Map<String, Unit> units)
      throws IOException, XMLStreamException {
    URLConnection connection = file.openConnection();
    // A cached connection would keep the jar open after the undeployment.
    connection.setUseCaches(false);
    // The JDK's parser, because the application may contain an old parser.
    XMLInputFactory parsers = XMLInputFactory.newDefaultFactory();
    parsers.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    parsers.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    parsers.setProperty(XMLInputFactory.IS_COALESCING, true);
    try (InputStream in = connection.getInputStream()) {
      XMLStreamReader xml = parsers.createXMLStreamReader(in);
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT
            && xml.getLocalName().equals("persistence-unit")) {
          Unit unit = new PersistenceXml(xml).unit();
          units.putIfAbsent(unit.name(), unit);
        }
      }
    }
  }

  private Unit unit() throws XMLStreamException {
    String name = attribute("name");
    String transactionType = attribute("transaction-type");
    while (xml.next() != XMLStreamConstants.END_ELEMENT
        || !xml.getLocalName().equals("persistence-unit")) {
      if (xml.isStartElement()) {
        element();
      }
    }
    return new Unit(
        name == null ? "" : name,
        transactionType,
        elements.get("provider"),
        elements.get("jta-data-source"),
        elements.get("non-jta-data-source"),
        Map.copyOf(properties));
  }

  private void element() throws XMLStreamException {
    switch (xml.getLocalName()) {
      case "provider", "jta-data-source", "non-jta-data-source" -> {
        String element = xml.getLocalName();
        String text = xml.getElementText().trim();
        if (!text.isEmpty()) {
          elements.put(element, text);
        }
      }
      case "property" -> {
        String name = attribute("name");
        String value = xml.getAttributeValue(null, "value");
        if (name != null && value != null) {
          // Blanks can be part of a password.
          properties.put(name, name.endsWith("password") ? value : value.trim());
        }
      }
      default -> {
        // The store does not need the other elements.
      }
    }
  }

  private @Nullable String attribute(String name) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? null : value.trim();
  }
}
