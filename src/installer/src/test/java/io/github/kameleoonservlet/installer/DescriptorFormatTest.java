package io.github.kameleoonservlet.installer;

import static io.github.kameleoonservlet.installer.WebXml.installed;
import static io.github.kameleoonservlet.installer.WebXml.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorFormatTest {

  private static final String FILTER_CLASS =
      "io.github.kameleoonservlet.servlet.KameleoonVisitorFilter";

  @ParameterizedTest
  @CsvSource({"'  '", "'    '", "'\t'", "''"})
  void newElements_areIndentedAsTheOthers(String unit) throws Exception {
    String xml =
        lines(
            "<web-app xmlns=\"http://java.sun.com/xml/ns/j2ee\" version=\"2.4\">",
            unit + "<!-- of the servlet -->",
            unit + "<servlet>",
            unit + unit + "<servlet-name>a</servlet-name>",
            unit + "</servlet>",
            "</web-app>");
    String inner = unit.isEmpty() ? "  " : unit + unit;
    String innermost = unit.isEmpty() ? "    " : unit + unit + unit;

    assertThat(text(installed(xml)))
        .isEqualTo(
            xml.replaceFirst(
                "\n",
                "\n"
                    + lines(
                        unit + "<filter>",
                        inner + "<filter-name>kameleoonVisitor</filter-name>",
                        inner + "<filter-class>" + FILTER_CLASS + "</filter-class>",
                        inner + "<init-param>",
                        innermost + "<param-name>siteCode</param-name>",
                        innermost + "<param-value>abc</param-value>",
                        inner + "</init-param>",
                        unit + "</filter>",
                        unit + "<filter-mapping>",
                        inner + "<filter-name>kameleoonVisitor</filter-name>",
                        inner + "<url-pattern>/*</url-pattern>",
                        inner + "<dispatcher>REQUEST</dispatcher>",
                        inner + "<dispatcher>FORWARD</dispatcher>",
                        inner + "<dispatcher>ERROR</dispatcher>",
                        unit + "</filter-mapping>",
                        "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void newLines_endAsTheOthers(String lineBreak) throws Exception {
    String xml = lines("<web-app>", "  <servlet/>", "</web-app>").replace("\n", lineBreak);

    String changed = text(installed(xml));

    assertThat(changed.replace(lineBreak, "")).doesNotContain("\n", "\r");
    assertThat(changed.split(lineBreak)).hasSizeGreaterThan(15);
  }

  @Test
  void newLines_endAsTheLineBefore() throws Exception {
    String xml = "<web-app>\n  <context-param/>\r\n  <servlet/>\n</web-app>";

    assertThat(text(installed(xml)))
        .startsWith("<web-app>\n  <context-param/>\n  <filter>\n")
        .endsWith("  </filter-mapping>\r\n  <servlet/>\n</web-app>");
  }

  @Test
  void blankLine_separatesNewElements() throws Exception {
    String xml = "<web-app>\n\n  <context-param/>\n\n  <servlet/>\n\n</web-app>";

    assertThat(text(installed(xml)))
        .startsWith("<web-app>\n\n  <context-param/>\n\n  <filter>\n")
        .endsWith("  </filter-mapping>\n\n  <servlet/>\n\n</web-app>");
  }

  @ParameterizedTest
  @CsvSource({"<web-app/>", "<web-app />", "<web-app id='a/>b'/>", "<web-app></web-app>"})
  void fileOfOneLine_staysInOneLine(String xml) throws Exception {
    DeploymentDescriptor changed = installed(xml);

    assertThat(text(changed)).doesNotContain("\n").endsWith("</filter-mapping></web-app>");
    assertThat(WebXml.order(changed)).containsExactly("filter", "filter-mapping");
  }

  @Test
  void emptyTag_becomesAStartAndAnEndTag() throws Exception {
    String xml = "<?xml version='1.0'?>\n<j:web-app xmlns:j='http://xmlns.jcp.org/xml/ns/javaee'/>";

    assertThat(text(installed(xml)))
        .startsWith(xml.replace("/>", ">\n  <j:filter>\n    <j:filter-name>"))
        .endsWith("\n  </j:filter-mapping>\n</j:web-app>");
  }

  @Test
  void endTagInTheSameLine_getsALineOfItsOwn() throws Exception {
    assertThat(text(installed("<web-app>\n<icon/></web-app>")))
        .startsWith("<web-app>\n<icon/>\n<filter>\n")
        .endsWith("\n</filter-mapping>\n</web-app>");
  }

  @Test
  void commentBehindAnElement_staysWithIt() throws Exception {
    String xml =
        "<web-app>\n  <context-param/> <!-- of it -->\n  <!-- next -->\n  <servlet/>\n</web-app>";

    assertThat(text(installed(xml)))
        .startsWith("<web-app>\n  <context-param/> <!-- of it -->\n  <filter>\n")
        .endsWith("  </filter-mapping>\n  <!-- next -->\n  <servlet/>\n</web-app>");
  }

  @Test
  void prefixOfTheRoot_isThatOfNewElements() throws Exception {
    String xml =
        """
        <jee:web-app xmlns:jee="https://jakarta.ee/xml/ns/jakartaee" xmlns="urn:other" version="6.0">
          <filter-mapping><filter-name>foreign</filter-name></filter-mapping>
          <jee:filter-mapping>
            <jee:filter-name>a</jee:filter-name>
            <jee:url-pattern>/*</jee:url-pattern>
          </jee:filter-mapping>
        </jee:web-app>
        """;

    DeploymentDescriptor changed = installed(xml);

    assertThat(text(changed)).contains("    <jee:filter-name>kameleoonVisitor</jee:filter-name>\n");
    assertThat(WebXml.mappedFilters(changed)).containsExactly("kameleoonVisitor", "a");
  }

  @Test
  void markupThatIsNoElement_isNoElement() throws Exception {
    String mapping = "<filter-mapping><filter-name>x</filter-name></filter-mapping>";
    String xml =
        lines(
            "<?xml version=\"1.0\"?>",
            "<!-- <web-app> " + mapping + " -->",
            "<web-app a=\"1>0\" b='<' >".replace("'<'", "'&lt;\"'"),
            "  <?pi <filter-mapping> ?>",
            "  <!-- " + mapping + " -->",
            "  <display-name><![CDATA[<filter-mapping>]]]]><![CDATA[>]]></display-name>",
            "  <servlet/>",
            "</web-app>",
            "<!-- end -->");

    DeploymentDescriptor changed = installed(xml);

    assertThat(WebXml.order(changed))
        .containsExactly("display-name", "filter", "filter-mapping", "servlet");
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8, false",
    "UTF-8, true",
    "UTF-16BE, true",
    "UTF-16LE, true",
    "UTF-16BE, false",
    "UTF-16LE, false",
    "US-ASCII, false",
    "ISO-8859-1, false",
    "ISO-8859-15, false",
    "windows-1252, false",
    "windows-1251, false",
    "ISO-2022-JP, false",
    "Shift_JIS, false",
    "EUC-JP, false",
    "GB18030, false",
    "Big5, false",
    "IBM037, false",
    "IBM500, false"
  })
  void encoding_isKept(String name, boolean mark) throws Exception {
    Charset charset = Charset.forName(name);
    String declared = name.startsWith("UTF-16") ? "UTF-16" : name;
    String own =
        "ж日é"
            .codePoints()
            .mapToObj(Character::toString)
            .filter(charset.newEncoder()::canEncode)
            .reduce("", String::concat);
    String xml =
        "<?xml version=\"1.0\" encoding=\""
            + declared
            + "\"?>\n<!--"
            + own
            + "-->\n<web-app version=\"4.0\" xmlns=\"http://xmlns.jcp.org/xml/ns/javaee\">\n"
            + "  <display-name>"
            + own
            + "</display-name>\n  <servlet/><!--"
            + own
            + "-->\n"
            + "</web-app>\n";
    byte[] file = ((mark ? "\uFEFF" : "") + xml).getBytes(charset);
    String value = "жé日€😀¥\\~";

    DeploymentDescriptor changed =
        DeploymentDescriptor.read(file).withVisitorFilter(Map.of("siteCode", value), null);

    WebXml.assertInsertionsOnly(file, changed.bytes());
    assertThat(text(changed, charset))
        .contains("<display-name>" + own + "</display-name>\n  <filter>");
    assertThat(
            WebXml.elements(changed, "filter")
                .flatMap(filter -> filter.children("init-param"))
                .map(param -> param.childText("param-value")))
        .isEqualTo(List.of(value));
  }

  private static String lines(String... lines) {
    return String.join("\n", lines);
  }
}
