package io.github.kameleoonservlet.installer;

import static io.github.kameleoonservlet.installer.WebXml.installed;
import static io.github.kameleoonservlet.installer.WebXml.read;
import static io.github.kameleoonservlet.installer.WebXml.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are broken, that try to read other files, or that are no {@code web.xml}. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileDescriptorTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<web-app>\\n  <a></b>\\n</web-app> | line 2, column 8",
        "<web-app>\\n<a> | line 2, column 4",
        "<web-app>\\n &unknown; | line 2, column 11",
        "<web-app/>\\n<web-app/> | line 2, column 2",
        "no xml | line 1, column 1"
      })
  void brokenFile_isRefusedWithItsPlace(String xml, String place) {
    assertThatThrownBy(() -> read(xml.replace("\\n", "\n")))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("WEB-INF/web.xml is not well-formed XML (" + place + "): ")
        .hasMessageEndingWith(" Nothing was changed.");
  }

  @Test
  void emptyFile_isRefused() {
    assertThatThrownBy(() -> read("")).isInstanceOf(RefusedException.class);
  }

  @Test
  void bytesOfAnotherEncoding_areRefused() {
    byte[] latin = "<web-app><display-name>é</display-name></web-app>".getBytes(ISO_8859_1);

    assertThatThrownBy(() -> DeploymentDescriptor.read(latin))
        .isInstanceOf(RefusedException.class)
        .hasMessageEndingWith("Nothing was changed.");
  }

  @Test
  void unknownEncoding_isRefused() {
    assertThatThrownBy(() -> read("<?xml version='1.0' encoding='klingon'?><web-app/>"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("klingon");
  }

  @Test
  void markAndDeclarationOfDifferentEncodings_areRefused() {
    assertThatThrownBy(() -> read("\uFEFF<?xml version='1.0' encoding='ISO-8859-1'?><web-app/>"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "WEB-INF/web.xml has the byte order mark of UTF-8, but declares the encoding"
                + " ISO-8859-1. Correct the declaration.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<webapp/> | The root element of WEB-INF/web.xml is <webapp>.",
        "<web-app xmlns='urn:x'/> | The root element of WEB-INF/web.xml has the namespace urn:x.",
        "<!DOCTYPE web-app SYSTEM 'http://java.sun.com/j2ee/dtds/web-app_2_2.dtd'><web-app/>"
            + " | WEB-INF/web.xml is of version 2.2, which has no filters.",
        "<!DOCTYPE web-app PUBLIC '-//Sun Microsystems, Inc.//DTD Web Application 2.2//EN' 'x'>"
            + "<web-app/> | WEB-INF/web.xml is of version 2.2, which has no filters.",
        "<!DOCTYPE web-app SYSTEM 'other.dtd'><web-app/>"
            + " | WEB-INF/web.xml has the document type other.dtd."
      })
  void otherFile_isRefused(String xml, String message) {
    assertThatThrownBy(() -> read(xml))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void manyNestedEntities_areRefused() {
    StringBuilder xml = new StringBuilder("<!DOCTYPE web-app [<!ENTITY e0 'laughter'>");
    for (int i = 1; i < 12; i++) {
      xml.append("<!ENTITY e" + i + " '" + ("&e" + (i - 1) + ";").repeat(10) + "'>");
    }
    xml.append("]><web-app><display-name>&e11;</display-name></web-app>");

    assertThatThrownBy(() -> read(xml.toString())).isInstanceOf(RefusedException.class);
  }

  @Test
  void externalEntitiesAndDocumentTypes_areNeverRead() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "<secret/>");
    AtomicInteger calls = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
    try {
      String address = "http://127.0.0.1:" + server.getAddress().getPort();
      String xml =
          "<!DOCTYPE web-app SYSTEM '"
              + address
              + "/web-app_2_3.dtd' [<!ENTITY file SYSTEM '"
              + secret.toUri()
              + "'><!ENTITY net SYSTEM '"
              + address
              + "/x'><!ENTITY % p SYSTEM '"
              + address
              + "/y'>%p;]>\n<web-app>\n"
              + "  <display-name>&file;&net;</display-name>\n</web-app>";

      assertThat(text(installed(xml))).startsWith(xml.replace("</web-app>", "").stripTrailing());
      assertThat(calls).hasValue(0);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void entityBetweenElements_isRefused() {
    String xml =
        "<!DOCTYPE web-app [<!ENTITY filters '<filter/>'>]>\n<web-app>\n  &filters;\n</web-app>";

    assertThatThrownBy(() -> read(xml))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "WEB-INF/web.xml takes elements from an entity, which this command does not read. Add"
                + " the filter by hand.");
  }

  @Test
  void entitiesInsideElements_areRead() throws Exception {
    String xml =
        """
        <!DOCTYPE web-app [
          <!-- a ' quote, a ]> and a <filter-mapping> -->
          <!ENTITY shiro "org.apache.shiro.web.servlet">
          <!ENTITY name "<filter-name>x</filter-name>">
          <?x ]> ?>
        ]>
        <web-app>
          <filter>&name;<filter-class>&shiro;.ShiroFilter</filter-class></filter>
          <filter-mapping>&name;<url-pattern>/*</url-pattern></filter-mapping>
        </web-app>
        """;

    DeploymentDescriptor changed = WebXml.installed(xml.getBytes(UTF_8), null);

    assertThat(WebXml.mappedFilters(changed)).containsExactly("x", "kameleoonVisitor");
  }
}
