package io.github.kameleoonservlet.installer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@code web.xml}. A changed one differs from the original by insertions only. Immutable.
 *
 * <p>Versions 2.3 to 6.1 and files without a version are read, in every encoding that Java knows.
 */
final class DeploymentDescriptor {

  private final byte[] file;
  private final XmlDocument document;
  private final DescriptorVersion version;
  private final List<String> changes;

  private DeploymentDescriptor(byte[] file, List<String> changes) throws RefusedException {
    this.file = file;
    this.changes = changes;
    document = XmlDocument.of(file);
    version = DescriptorVersion.of(document);
  }

  /**
   * Reads the content of a {@code web.xml}.
   *
   * @throws RefusedException if the file is not well-formed, is no {@code web.xml}, or is of a
   *     version without filters
   */
  static DeploymentDescriptor read(byte[] file) throws RefusedException {
    return new DeploymentDescriptor(file.clone(), List.of());
  }

  /** Returns an empty file, with which servers still read the annotations of the application. */
  static DeploymentDescriptor create(Edition edition) throws RefusedException {
    String namespace =
        switch (edition) {
          case JAVAX -> "http://xmlns.jcp.org/xml/ns/javaee";
          case JAKARTA -> "https://jakarta.ee/xml/ns/jakartaee";
        };
    String number = edition == Edition.JAVAX ? "4.0" : "6.0";
    String xml =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <web-app xmlns="%1$s"
                 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                 xsi:schemaLocation="%1$s %1$s/web-app_%2$s.xsd"
                 version="%3$s">
        </web-app>
        """
            .formatted(namespace, number.replace('.', '_'), number);
    return new DeploymentDescriptor(
        xml.getBytes(StandardCharsets.UTF_8),
        List.of("Created WEB-INF/web.xml, version " + number + "."));
  }

  /**
   * Returns the edition that the namespace or the document type belongs to; null without both. A
   * hint only: a server for {@code jakarta.servlet} reads the older files, too.
   */
  @Nullable Edition edition() {
    return version.edition();
  }

  /** Returns whether the file declares the visitor filter, under any name. */
  boolean hasVisitorFilter() {
    return visitorFilters().findAny().isPresent();
  }

  /** Returns the init-params of the visitor filter; empty without the filter. */
  Map<String, String> visitorSettings() {
    Map<String, String> settings = new HashMap<>();
    visitorFilters()
        .flatMap(filter -> filter.children("init-param"))
        .forEach(
            param -> settings.put(param.childText("param-name"), param.childText("param-value")));
    return settings;
  }

  /**
   * Returns whether servers read the fragment of a jar.
   *
   * @param name the name of the fragment; empty without a name
   */
  boolean includesFragment(String name) {
    return !"true".equals(document.root().attributes().get("metadata-complete"))
        && document
            .root()
            .children("absolute-ordering")
            .allMatch(
                order ->
                    order.children("others").findAny().isPresent()
                        || order.childTexts("name").contains(name));
  }

  /**
   * Returns this file with the visitor filter. Its mapping stands behind that of the filter that
   * signs users in, otherwise before all others. If the visitor filter is there already, nothing is
   * inserted, and {@link #changes} names what is wrong with its mapping.
   *
   * @param initParams the settings, in their order
   * @param afterFilterName the filter that signs users in; null for those that are known to do so
   * @throws RefusedException if the file does not map the named filter
   */
  DeploymentDescriptor withVisitorFilter(
      Map<String, String> initParams, @Nullable String afterFilterName) throws RefusedException {
    List<String> added = new ArrayList<>(changes);
    if (hasVisitorFilter()) {
      FilterOrder order = new FilterOrder(document.root());
      FilterNotes notes = new FilterNotes(order, added);
      Set<String> first = order.firstFilters(afterFilterName);
      visitorFilters().forEach(filter -> notes.addExisting(filter.childText("filter-name"), first));
      if (afterFilterName != null) {
        notes.addUnplaced(first);
      }
      return new DeploymentDescriptor(file, added);
    }
    VisitorFilter filter = new VisitorFilter(document, version);
    byte[] changed = filter.addedTo(initParams, afterFilterName);
    added.addAll(filter.changes());
    return new DeploymentDescriptor(changed, added);
  }

  /**
   * Returns this file with the servlet of the JSON API at the URL pattern. If the API has a mapping
   * already, nothing is inserted.
   *
   * @param urlPattern a path that ends in {@code /*}
   * @param afterFilterName the filter that signs users in; null for those that are known to do so
   * @throws RefusedException if the pattern is not allowed, or another servlet has it
   */
  DeploymentDescriptor withApi(String urlPattern, @Nullable String afterFilterName)
      throws RefusedException {
    ApiServlet api = new ApiServlet(document, version);
    byte[] changed = api.addedTo(urlPattern, afterFilterName);
    List<String> added = new ArrayList<>(changes);
    added.addAll(api.changes());
    return new DeploymentDescriptor(changed == null ? file : changed, added);
  }

  /** Returns what was done to the file that was read, and what it lacks, in sentences. */
  List<String> changes() {
    return List.copyOf(changes);
  }

  /** Returns the content of the file. */
  byte[] bytes() {
    return file.clone();
  }

  private Stream<XmlElement> visitorFilters() {
    return document
        .root()
        .children("filter")
        .filter(filter -> filter.childText("filter-class").equals(VisitorFilter.CLASS));
  }
}
