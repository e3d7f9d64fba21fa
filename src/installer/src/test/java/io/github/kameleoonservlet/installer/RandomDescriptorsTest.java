package io.github.kameleoonservlet.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random files: order, comments, prefixes, blanks, line ends and encodings. */
class RandomDescriptorsTest {

  private static final int FILES = 100;

  private static final List<String> NAMESPACES =
      List.of(
          "",
          "http://java.sun.com/xml/ns/j2ee",
          "http://java.sun.com/xml/ns/javaee",
          "http://xmlns.jcp.org/xml/ns/javaee",
          "https://jakarta.ee/xml/ns/jakartaee");

  private static final List<String> CLASSES =
      List.of("a.Filter", "org.apache.shiro.web.servlet.ShiroFilter", "a.CharacterEncodingFilter");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void randomFile_isChangedByInsertionsOnlyAndOnce(long seed) throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < FILES; i++) {
      RandomFile file = new RandomFile(random);
      byte[] original = file.bytes();

      DeploymentDescriptor once =
          DeploymentDescriptor.read(original)
              .withVisitorFilter(Map.of("siteCode", "é<&>"), null)
              .withApi("/kameleoon/*", null);
      DeploymentDescriptor twice =
          DeploymentDescriptor.read(once.bytes())
              .withVisitorFilter(Map.of(), null)
              .withApi("/x/*", null);

      WebXml.assertInsertionsOnly(original, once.bytes());
      assertThat(twice.bytes()).as("%s", file.text).isEqualTo(once.bytes());
      assertThat(twice.changes())
          .as("%s", file.text)
          .filteredOn(line -> !line.startsWith("The API does not see the users"))
          .containsExactly(
              "The filter kameleoonVisitor is there already. Its settings were not changed.",
              "The API is there already, at /kameleoon/*.");
      assertPlace(once);
    }
  }

  private static void assertPlace(DeploymentDescriptor changed) throws RefusedException {
    List<FilterMapping> mappings =
        WebXml.elements(changed, "filter-mapping").map(FilterMapping::of).toList();
    List<String> filters = mappings.stream().map(FilterMapping::filter).toList();
    int own = filters.indexOf("kameleoonVisitor");
    List<String> signIn =
        WebXml.elements(changed, "filter")
            .filter(SignInFilters::contain)
            .map(filter -> filter.childText("filter-name"))
            .filter(name -> filters.subList(0, own).contains(name))
            .toList();
    if (own > 0) {
      assertThat(signIn).contains(filters.get(own - 1));
    }
  }

  /** A file that a generator of random numbers describes. */
  private static final class RandomFile {

    private final Random random;
    private final String prefix;
    private final String text;
    private final Charset charset;
    private final boolean mark;

    private RandomFile(Random random) {
      this.random = random;
      String namespace = one(NAMESPACES);
      prefix = !namespace.isEmpty() && random.nextBoolean() ? "jee:" : "";
      charset = Charset.forName(one(List.of("UTF-8", "UTF-16LE", "ISO-8859-1", "ISO-2022-JP")));
      mark = charset.name().startsWith("UTF") && random.nextBoolean();
      String declared = charset.name().replace("UTF-16LE", "UTF-16");
      StringBuilder xml = new StringBuilder("<?xml version='1.0' encoding='" + declared + "'?>");
      xml.append(gap()).append("<").append(prefix).append("web-app");
      if (!namespace.isEmpty()) {
        xml.append(prefix.isEmpty() ? " xmlns" : " xmlns:jee").append("=\"" + namespace + "\"");
      }
      List<String> children = children();
      if (children.isEmpty() && random.nextBoolean()) {
        xml.append(one(List.of("/>", " />", "\n/>")));
      } else {
        xml.append(one(List.of(">", " >", "\n>"))).append(gap());
        children.forEach(child -> xml.append(child).append(gap()));
        xml.append("</" + prefix + "web-app" + one(List.of(">", " >")));
      }
      text = xml.append(gap()).toString();
    }

    private byte[] bytes() {
      return ((mark ? "\uFEFF" : "") + text).getBytes(charset);
    }

    private List<String> children() {
      List<String> children = new ArrayList<>();
      for (int i = random.nextInt(8); i > 0; i--) {
        String name = "f" + random.nextInt(4);
        children.add(
            switch (random.nextInt(7)) {
              case 0, 1 ->
                  element(
                      "filter",
                      element("filter-name", name) + gap() + element("filter-class", one(CLASSES)));
              case 2, 3, 4 ->
                  element(
                      "filter-mapping",
                      gap()
                          + element("filter-name", name)
                          + gap()
                          + element(
                              one(List.of("url-pattern", "url-pattern", "servlet-name")),
                              one(List.of("/*", "/a/*"))));
              case 5 -> element("servlet", gap() + element("servlet-name", name));
              default -> "<" + prefix + one(List.of("distributable", "listener")) + "/>";
            });
      }
      Collections.shuffle(children, random);
      return children;
    }

    private String element(String name, String content) {
      return "<" + prefix + name + ">" + content + "</" + prefix + name + ">";
    }

    private String gap() {
      StringBuilder gap = new StringBuilder();
      for (int i = random.nextInt(3); i > 0; i--) {
        gap.append(
            one(
                List.of(
                    "\n",
                    "\r\n",
                    "\r",
                    "\n  ",
                    "\n\t",
                    " ",
                    "\n\n    ",
                    "<!-- <filter-mapping> -->",
                    "<!--\n'\" -->",
                    "<?x <filter> ?>")));
      }
      return gap.toString();
    }

    private String one(List<String> of) {
      return of.get(random.nextInt(of.size()));
    }
  }
}
