package io.github.kameleoonservlet.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests that SECURITY.md lists the jars that the library brings into an application, and no others.
 */
@Tag("tomcat")
class DependenciesIT {

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| [^|]+ \\| (\\S+\\.jar) \\| (\\d+) \\| (both|jakarta) \\|");

  @Test
  void list_inSecurityPolicy_equalsResolvedJars() throws IOException {
    assertThat(listed()).containsExactlyInAnyOrderElementsOf(jars(Wars.property("it.libraries")));
  }

  @Test
  void listOfJavaxEdition_inSecurityPolicy_equalsResolvedJars() throws IOException {
    assertThat(listed("both"))
        .hasSizeLessThanOrEqualTo(13)
        .containsExactlyInAnyOrderElementsOf(jars(Wars.property("it.javax.libraries")));
  }

  @Test
  void sampleWar_listedJars_containsEach() throws IOException {
    Path libraries = Wars.property("it.sample").resolve("webapp-sample/WEB-INF/lib");

    assertThat(jars(libraries))
        .containsAll(listed())
        .as("the sample's own")
        .anyMatch(jar -> jar.startsWith("hibernate-core-"));
  }

  @Test
  void list_total_isAtMost16JarsAnd9Megabytes() throws IOException {
    List<String> listed = listed();

    assertThat(listed).hasSizeLessThanOrEqualTo(16);
    assertThat(listed.stream().mapToInt(jar -> Integer.parseInt(jar.split(" ")[1])).sum())
        .isLessThanOrEqualTo(9_000);
  }

  private static List<String> listed() throws IOException {
    return listed("both|jakarta");
  }

  /** Returns the rows whose edition matches. */
  private static List<String> listed(String edition) throws IOException {
    List<String> listed = new ArrayList<>();
    ROW.matcher(Files.readString(Path.of("SECURITY.md")))
        .results()
        .filter(row -> row.group(3).matches(edition))
        .forEach(row -> listed.add(row.group(1) + " " + row.group(2) + " kB"));
    assertThat(listed).isNotEmpty();
    return listed;
  }

  private static List<String> jars(Path folder) {
    Stream<File> jars = Arrays.stream(folder.toFile().listFiles());
    return jars.map(jar -> jar.getName() + " " + Math.round(jar.length() / 1000.0) + " kB")
        .toList();
  }
}
