package io.github.kameleoonservlet.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {

  private static final String NAME = "result.war";

  @TempDir private Path folder;

  @Test
  void fullDisk_isNamedAndNothingIsWritten() throws IOException, RefusedException {
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);
    try (FileSystem disk = diskOf(300_000)) {
      Path output = disk.getPath("/disk", NAME);

      assertThatThrownBy(() -> new Output(output, false).write(war, largeChange()))
          .isInstanceOf(IOException.class)
          .hasMessageMatching(
              "/disk/result.war: the disk has \\d+ kB left, and \\d+ kB are needed");

      assertEmpty(output);
    }
  }

  @Test
  void entryThatTheJdkLeavesOut_isNoticed() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);
    Path without =
        TestWar.of(Edition.JAVAX)
            .without("index.html")
            .packedIn(Files.createDirectory(folder.resolve("w")));

    WrittenZip.check(war, war, new Changes());
    assertThatThrownBy(() -> WrittenZip.check(without, war, new Changes()))
        .hasMessage("the JDK did not write index.html");
    assertThatThrownBy(() -> WrittenZip.check(war, war, largeChange()))
        .hasMessage("the JDK did not write WEB-INF/lib/large.jar");
  }

  @Test
  void enoughSpace_isWritten() throws IOException, RefusedException {
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);
    try (FileSystem disk = diskOf(10_000_000)) {
      Path output = disk.getPath("/disk", NAME);

      assertThat(new Output(output, false).write(war, largeChange())).isTrue();

      assertThat(Files.size(output)).isGreaterThan(400_000);
    }
  }

  private static Changes largeChange() {
    Changes changes = new Changes();
    byte[] random = new byte[400_000];
    new Random(1).nextBytes(random);
    changes.write("WEB-INF/lib/large.jar", random);
    return changes;
  }

  private static void assertEmpty(Path output) throws IOException {
    try (Stream<Path> files = Files.list(output.getParent())) {
      assertThat(files).isEmpty();
    }
  }

  private static FileSystem diskOf(long bytes) {
    return Jimfs.newFileSystem(
        Configuration.unix().toBuilder().setWorkingDirectory("/disk").setMaxSize(bytes).build());
  }
}
