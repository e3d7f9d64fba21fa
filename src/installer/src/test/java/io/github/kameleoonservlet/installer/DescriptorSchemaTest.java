package io.github.kameleoonservlet.installer;

import static io.github.kameleoonservlet.installer.WebXml.filter;
import static io.github.kameleoonservlet.installer.WebXml.mapping;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.SAXException;

/** A file that a validating server accepts is still accepted with the filter and the API. */
class DescriptorSchemaTest {

  private static final List<String> VERSIONS =
      List.of("2.3", "2.4", "2.5", "3.0", "3.1", "4.0", "5.0", "6.0", "6.1");

  private static final String SHIRO =
      filter("shiro", "org.apache.shiro.web.servlet.ShiroFilter") + mapping("shiro", "/*");

  private static final String SERVLET =
      "<servlet><servlet-name>s</servlet-name><servlet-class>S</servlet-class></servlet>";

  private static final String SERVLET_MAPPING =
      "<servlet-mapping><servlet-name>s</servlet-name><url-pattern>/s</url-pattern>"
          + "</servlet-mapping>";

  private static final List<String> CONTENTS =
      List.of(
          "",
          "<display-name>d</display-name><description>d</description><distributable/>",
          "<context-param><param-name>a</param-name><param-value>b</param-value></context-param>"
              + "<listener><listener-class>L</listener-class></listener>",
          filter("f", "F") + mapping("f", "/*") + SERVLET + SERVLET_MAPPING,
          filter("f", "F") + SERVLET,
          SHIRO + SERVLET + "<session-config><session-timeout>3</session-timeout></session-config>",
          SERVLET + "<welcome-file-list><welcome-file>w</welcome-file></welcome-file-list>",
          "<error-page><error-code>404</error-code><location>/e</location></error-page>");

  static Stream<Arguments> files() {
    return VERSIONS.stream()
        .flatMap(version -> CONTENTS.stream().map(content -> Arguments.of(version, content)));
  }

  @ParameterizedTest
  @MethodSource("files")
  void validFile_staysValid(String version, String content) throws Exception {
    byte[] file = WebXml.of(version, content).getBytes(UTF_8);
    Schemas.validate(version, file);

    Schemas.validate(version, WebXml.installed(file, null).withApi("/api/*", null).bytes());
  }

  @ParameterizedTest
  @EnumSource(Edition.class)
  void createdFile_isValid(Edition edition) throws Exception {
    String version = edition == Edition.JAVAX ? "4.0" : "6.0";
    byte[] file = DeploymentDescriptor.create(edition).bytes();

    Schemas.validate(version, file);
    Schemas.validate(version, WebXml.installed(file, null).withApi("/api/*", null).bytes());
  }

  @Test
  void schemas_refuseWhatAnOldVersionDoesNotKnow() {
    for (String version : List.of("2.3", "2.4", "2.5")) {
      String xml =
          WebXml.of(
              version,
              filter("f", "F")
                  .replace("</filter>", "<async-supported>true</async-supported></filter>"));

      assertThatThrownBy(() -> Schemas.validate(version, xml.getBytes(UTF_8)))
          .isInstanceOf(SAXException.class)
          .hasMessageContaining("async-supported");
    }
  }
}
