package io.github.kameleoonservlet.installer;

import org.jspecify.annotations.Nullable;

/**
 * What a version of {@code web.xml} may contain.
 *
 * <p>Tomcat 9.0 and 10.1 and Jetty 12 ee8 obey {@code <dispatcher>}, {@code ASYNC} and {@code
 * <async-supported>} in every version. If they validate, they refuse to deploy a file that uses
 * them in an older version. A file therefore gets only what its version has, unless the file itself
 * uses more.
 */
enum DescriptorVersion {
  /** The last version with a DTD, and the only one that prescribes the order of the elements. */
  V2_3("2.3", Edition.JAVAX),
  V2_4("2.4", Edition.JAVAX),
  V2_5("2.5", Edition.JAVAX),
  /** 3.0, 3.1 and 4.0. */
  V3("3.0", Edition.JAVAX),
  /** 5.0 and later. */
  V5("5.0", Edition.JAKARTA),
  /** Without namespace and document type, which no server validates successfully. */
  UNKNOWN("unknown", null);

  private final String number;
  private final @Nullable Edition edition;

  DescriptorVersion(String number, @Nullable Edition edition) {
    this.number = number;
    this.edition = edition;
  }

  static DescriptorVersion of(XmlDocument document) throws RefusedException {
    XmlElement root = document.root();
    if (!root.name().equals("web-app")) {
      throw new RefusedException(
          "The root element of WEB-INF/web.xml is <"
              + root.name()
              + ">. This command reads files whose root element is <web-app>.");
    }
    String type = document.documentType();
    if (!type.isBlank()) {
      return ofDocumentType(type);
    }
    String version = root.attributes().getOrDefault("version", "");
    return switch (root.namespace()) {
      case "https://jakarta.ee/xml/ns/jakartaee" -> V5;
      case "http://xmlns.jcp.org/xml/ns/javaee" -> V3;
      case "http://java.sun.com/xml/ns/javaee" -> version.startsWith("3.") ? V3 : V2_5;
      case "http://java.sun.com/xml/ns/j2ee" -> V2_4;
      case "" -> UNKNOWN;
      default ->
          throw new RefusedException(
              "The root element of WEB-INF/web.xml has the namespace "
                  + root.namespace()
                  + ". This command knows the namespaces of Java EE and Jakarta EE.");
    };
  }

  private static DescriptorVersion ofDocumentType(String type) throws RefusedException {
    if (type.contains("DTD Web Application 2.3") || type.endsWith("web-app_2_3.dtd")) {
      return V2_3;
    }
    if (type.contains("DTD Web Application 2.2") || type.endsWith("web-app_2_2.dtd")) {
      throw new RefusedException(
          "WEB-INF/web.xml is of version 2.2, which has no filters. Raise the file to version 2.3"
              + " or later: replace its DOCTYPE.");
    }
    throw new RefusedException(
        "WEB-INF/web.xml has the document type "
            + type.strip()
            + ". This command knows the document type of version 2.3.");
  }

  /** Returns the edition that the file's namespace or document type belongs to. */
  @Nullable Edition edition() {
    return edition;
  }

  /** Returns whether the elements below the root have a prescribed order. */
  boolean isOrdered() {
    return this == V2_3;
  }

  /** Returns whether the mapping of a filter can name dispatchers. */
  boolean hasDispatchers() {
    return this != V2_3;
  }

  /** Returns whether a filter can declare that it supports asynchronous servlets. */
  boolean hasAsync() {
    return compareTo(V3) >= 0;
  }

  /** Returns the number of the version, the lowest of those that this value stands for. */
  @Override
  public String toString() {
    return number;
  }
}
