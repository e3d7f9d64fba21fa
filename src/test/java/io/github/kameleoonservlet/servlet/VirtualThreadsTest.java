package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests the library on virtual threads; needs a JDK of version 21 or later. */
class VirtualThreadsTest {

  @TempDir Path directory;

  @Test
  @Timeout(300)
  void manySignedInUsers_storeDoesNotAnswer_otherRequestIsServedAndNoCarrierIsPinned()
      throws Exception {
    Path java = newJava();
    assumeTrue(java != null, "no Java of 21 or later is installed");

    Process process =
        new ProcessBuilder(
                java.toString(),
                "-Djdk.virtualThreadScheduler.parallelism=2",
                "-Djdk.virtualThreadScheduler.maxPoolSize=2",
                "-cp",
                System.getProperty("java.class.path"),
                VirtualThreadsServer.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .start();
    String output;
    try {
      output = new String(process.getInputStream().readAllBytes(), "UTF-8");
    } finally {
      process.destroyForcibly();
    }

    assertThat(output)
        .contains("served while the store waits: true")
        .contains("users served: 40")
        .contains("pinned in the wait: 0");
  }

  /** Searches the JDK of the build, variables such as JAVA_HOME_21_X64, and Debian's directory. */
  private static Path newJava() throws IOException {
    Stream<Path> homes =
        Stream.concat(
            Stream.of(Path.of(System.getProperty("java.home"))),
            System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("JAVA_HOME"))
                .map(variable -> Path.of(variable.getValue())));
    Path installed = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(installed)) {
      try (Stream<Path> more = Files.list(installed)) {
        homes = Stream.concat(homes, more.toList().stream());
      }
    }
    return homes.map(VirtualThreadsTest::java).filter(Objects::nonNull).findFirst().orElse(null);
  }

  /** Returns the java program of a JDK directory if its version is 21 or later, otherwise null. */
  private static Path java(Path home) {
    Path java = home.resolve("bin/java");
    try {
      String release = Files.readString(home.resolve("release"));
      boolean isNew =
          release.lines().anyMatch(line -> line.matches("JAVA_VERSION=\"(2[1-9]|[3-9]\\d).*"));
      return isNew && Files.isExecutable(java) ? java : null;
    } catch (IOException e) {
      return null;
    }
  }
}
