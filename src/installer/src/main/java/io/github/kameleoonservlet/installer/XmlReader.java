package io.github.kameleoonservlet.installer;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.ext.DefaultHandler2;

/** Collects the elements that a parser reports of one file. Not thread-safe. */
final class XmlReader extends DefaultHandler2 {

  /** More than any deployment descriptor has. The elements are read by recursion. */
  private static final int DEEPEST = 100;

  private final Deque<Node> open = new ArrayDeque<>();
  private @Nullable Node root;
  private int elementsOfFile;
  private int openEntities;
  private @Nullable String publicId;
  private @Nullable String systemId;

  /**
   * Returns the root element. The spans are those of the elements that the file itself contains.
   */
  XmlElement root(List<XmlSpan> spans) {
    if (root == null) {
      throw new IllegalStateException("Nothing was parsed");
    }
    return root.element(spans);
  }

  /** Returns the public and the system id of the document type, each empty without one. */
  String documentType() {
    return (publicId == null ? "" : publicId) + ' ' + (systemId == null ? "" : systemId);
  }

  @Override
  public void startDTD(String name, @Nullable String publicName, @Nullable String systemName) {
    publicId = publicName;
    systemId = systemName;
  }

  @Override
  public void startEntity(String name) {
    openEntities++;
  }

  @Override
  public void endEntity(String name) {
    openEntities--;
  }

  @Override
  public void startElement(String uri, String localName, String qName, Attributes attributes)
      throws SAXException {
    if (open.size() >= DEEPEST) {
      throw new SAXException("more than " + DEEPEST + " elements are nested.");
    }
    Node node = new Node(uri, qName, openEntities == 0 ? elementsOfFile++ : -1, attributes);
    Node parent = open.peek();
    if (parent == null) {
      root = node;
    } else {
      parent.children.add(node);
    }
    open.push(node);
  }

  @Override
  public void endElement(String uri, String localName, String qName) {
    open.pop();
  }

  @Override
  public void characters(char[] characters, int start, int length) {
    open.element().text.append(characters, start, length);
  }

  @Override
  public void fatalError(SAXParseException e) throws SAXParseException {
    throw e;
  }

  /** The parser skips external files. If one slips through, the parser gets an empty one. */
  @Override
  public InputSource resolveEntity(
      @Nullable String name, @Nullable String publicName, @Nullable String base, String address) {
    return new InputSource(new StringReader(""));
  }

  /** An element while the parser is in it. */
  private static final class Node {

    private final String uri;
    private final String qName;
    private final int index;
    private final Map<String, String> attributes = new HashMap<>();
    private final List<Node> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private Node(String uri, String qName, int index, Attributes attributes) {
      this.uri = uri;
      this.qName = qName;
      this.index = index;
      for (int i = 0; i < attributes.getLength(); i++) {
        this.attributes.put(attributes.getQName(i), attributes.getValue(i));
      }
    }

    private XmlElement element(List<XmlSpan> spans) {
      int nameStart = qName.indexOf(':') + 1;
      return new XmlElement(
          uri,
          qName.substring(0, nameStart),
          qName.substring(nameStart),
          Map.copyOf(attributes),
          children.stream().map(child -> child.element(spans)).toList(),
          text.toString().strip(),
          index < 0 ? null : spans.get(index));
    }
  }
}
