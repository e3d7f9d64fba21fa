package io.github.kameleoonservlet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Tests that the distribution has the licence of each jar of SECURITY.md, which {@code
 * DependenciesIT} compares with the build.
 */
class ThirdPartyTest {

  private static final Pattern JAR = Pattern.compile("(?m)^\\|.*? (\\S+\\.jar) \\|");

  @Test
  void thirdPartyList_hasJarsOfSecurityPolicy() throws IOException {
    List<String> listed = jars(Path.of("SECURITY.md"));

    assertThat(listed).hasSizeGreaterThan(10);
    assertThat(jars(Path.of("src/dist/THIRD-PARTY.md")))
        .containsExactlyInAnyOrderElementsOf(listed);
  }

  private static List<String> jars(Path file) throws IOException {
    return JAR.matcher(Files.readString(file)).results().map(row -> row.group(1)).toList();
  }
}
