package io.github.kameleoonservlet.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockServletContext;

class WarFileTest {

  @TempDir private Path folder;

  @Test
  void path_outsideWar_isUnchanged() throws Exception {
    MockServletContext context = new MockServletContext();

    assertThat(WarFile.path(null, context)).isNull();
    assertThat(WarFile.path("/etc/data.json", context)).isEqualTo("/etc/data.json");
    assertThat(WarFile.path("/WEB-INF/nosuch.json", context)).isEqualTo("/WEB-INF/nosuch.json");
  }

  @Test
  void path_inUnpackedWar_isRealPath() throws Exception {
    MockServletContext context =
        new MockServletContext() {
          @Override
          public String getRealPath(String path) {
            return "/server/webapps/shop" + path;
          }
        };

    assertThat(WarFile.path("/WEB-INF/data.json", context))
        .isEqualTo("/server/webapps/shop/WEB-INF/data.json");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void path_inPackedWar_isCopied(boolean serverHasFolder) throws Exception {
    MockServletContext context = packedWar();
    context.setAttribute(ServletContext.TEMPDIR, serverHasFolder ? folder.toFile() : null);

    Path copy = Path.of(WarFile.path("/WEB-INF/data.json", context));

    assertThat(copy).hasContent("{}");
    assertThat(copy.startsWith(folder)).isEqualTo(serverHasFolder);
    Files.delete(copy);
  }

  private static MockServletContext packedWar() {
    return new MockServletContext() {
      @Override
      public String getRealPath(String path) {
        return null;
      }

      @Override
      public InputStream getResourceAsStream(String path) {
        return new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8));
      }
    };
  }
}
