package io.github.kameleoonservlet.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipes, which nothing is written to, and devices without an end. The command reads neither. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpecialFilesTest {

  private static final Path ENDLESS = Path.of("/dev/zero");

  @TempDir private Path folder;

  private Path war;
  private Path output;
  private Path pipe;

  @BeforeEach
  void makeFiles() throws IOException, InterruptedException {
    assumeTrue(Files.exists(ENDLESS), "a system with such files");
    war = TestWar.of(Edition.JAVAX).packedIn(folder);
    output = folder.resolve("result.war");
    pipe = makePipe(folder.resolve("pipe"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void dataFile_isAUsageError(boolean isPipe) {
    Path file = isPipe ? pipe : ENDLESS;

    Run run = Run.of(war, "-o", output, "--data-file", file);

    assertThat(run.err())
        .contains(file + " is no data file of Kameleoon: the path is that of a pipe or a device.");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(output).doesNotExist();
  }

  @Test
  void input_isRefused() {
    assertRefused(
        Run.of(pipe, "-o", output, "--site-code", "abc"),
        "pipe is a pipe or a device. Name a WAR file or the folder of an application.");
    assertThat(output).doesNotExist();
  }

  @Test
  void output_isRefusedAndKept() {
    assertRefused(
        Run.of(war, "-o", pipe, "--force", "--site-code", "abc"),
        "The output " + pipe + " is a pipe or a device. Name a file.");
    assertThat(Files.exists(pipe) && !Files.isRegularFile(pipe)).isTrue();
  }

  @Test
  void fileInTheFolder_isRefused() throws IOException, InterruptedException {
    Path input = TestWar.of(Edition.JAVAX).without("WEB-INF/web.xml").exploded(folder);
    Path descriptor = makePipe(input.resolve("WEB-INF/web.xml"));

    assertRefused(
        Run.of(input, "-o", output, "--site-code", "abc"),
        "The folder contains a pipe or a device, which cannot be copied: " + descriptor);
    assertThat(output).doesNotExist();
  }

  private static void assertRefused(Run run, String message) {
    assertThat(run.err()).contains(message, "Nothing was written.");
    assertThat(run.exitCode()).isEqualTo(Install.REFUSED);
  }

  private static Path makePipe(Path path) throws IOException, InterruptedException {
    Files.createDirectories(path.getParent());
    Process done = new ProcessBuilder("mkfifo", path.toString()).inheritIO().start();
    assertThat(done.waitFor()).isZero();
    return path;
  }
}
