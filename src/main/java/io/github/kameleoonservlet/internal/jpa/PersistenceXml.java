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

/** Reads every {@code META-INF/persistence.xml} of the application, of any version. */
final class PersistenceXml {

  private static final String FILE = "META-INF/persistence.xml";

  /** What the store may need of a unit. */
  record Unit(
      String name,
      @Nullable String transactionType,
      @Nullable String provider,
      @Nullable String jtaDataSource,
      @Nullable String nonJtaDataSource,
      Map<String, String> properties) {

    /** As the element says; without it a server would say JTA, and Java SE the opposite. */
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
   * @param wanted the unit that must be among them if a file cannot be read: a broken file of
   *     another jar does not concern it
   * @throws IllegalArgumentException if a file cannot be read and the wanted unit is in no other
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
    // Else the jar stays open after the undeployment.
    connection.setUseCaches(false);
    // The JDK's own: the application may have a parser from long ago.
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
        // Entities, caches, listeners: the application's own affair.
      }
    }
  }

  private @Nullable String attribute(String name) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? null : value.trim();
  }
}
