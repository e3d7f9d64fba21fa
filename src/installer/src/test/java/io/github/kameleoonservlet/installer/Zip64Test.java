package io.github.kameleoonservlet.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests WARs with more entries than the older form of ZIP files can have, and with long sizes. */
class Zip64Test {

  private static final String COMMENT = "a comment";
  private static final int MOST = 0xFFFF;

  @TempDir private Path folder;

  private Path output;

  @BeforeEach
  void nameOutput() {
    output = folder.resolve("result.war");
  }

  @Test
  void manyEntries_areCopied() throws IOException {
    TestWar war = TestWar.of(Edition.JAVAX);
    for (int i = 0; i < MOST; i++) {
      war.with("f" + i, "");
    }
    Path input = war.packedIn(folder);

    Run run = Run.inZone("Asia/Tokyo", input, "-o", output, "--site-code", "abc");

    assertThat(run.err()).isEmpty();
    try (ZipFile before = new ZipFile(input.toFile());
        ZipFile after = new ZipFile(output.toFile())) {
      assertThat(before.size()).isGreaterThan(MOST);
      assertThat(after.getEntry("f1").getExtra()).isEqualTo(before.getEntry("f1").getExtra());
      assertKept(before, after);
    }
    assertReadAsAStream();
  }

  @Test
  void longSizes_areCopiedWithTheSameBytesInEachTimeZone() throws IOException {
    Path input = write(false);
    List<byte[]> results = new ArrayList<>();

    for (String zone : List.of("Asia/Tokyo", "America/New_York")) {
      assertThat(Run.inZone(zone, input, "-o", output, "--site-code", "abc").err()).isEmpty();
      results.add(Files.readAllBytes(output));
      Files.delete(output);
    }

    assertThat(results.get(1)).isEqualTo(results.get(0));
    Files.write(output, results.get(0));
    try (ZipFile before = new ZipFile(input.toFile());
        ZipFile after = new ZipFile(output.toFile())) {
      assertThat(before.getComment()).isEqualTo(COMMENT);
      assertThat(after.getComment()).isEqualTo(COMMENT);
      assertKept(before, after);
    }
    assertReadAsAStream();
  }

  @Test
  void longSizes_behindTheContent_areRefused() throws IOException {
    Path input = write(true);
    try (ZipFile readable = new ZipFile(input.toFile())) {
      assertThat(readable.size()).isPositive();
    }

    Run run = Run.of(input, "-o", output, "--site-code", "abc");

    assertThat(run.err())
        .contains(
            "in a form that the JDK does not copy completely: the entry \"META-INF/MANIFEST.MF\".");
    assertThat(run.exitCode()).isEqualTo(Install.REFUSED);
    assertThat(output).doesNotExist();
  }

  private Path write(boolean isStream) throws IOException {
    byte[] bytes = Zip64.of(TestWar.of(Edition.JAVAX).entries(), isStream, COMMENT);
    return Files.write(folder.resolve("shop.war"), bytes);
  }

  private static void assertKept(ZipFile before, ZipFile after) throws IOException {
    for (ZipEntry entry : Collections.list(before.entries())) {
      if (entry.getName().equals(War.DESCRIPTOR)) {
        continue;
      }
      ZipEntry copy = after.getEntry(entry.getName());
      assertThat(copy.getLastModifiedTime()).isEqualTo(entry.getLastModifiedTime());
      assertThat(copy.getCrc()).isEqualTo(entry.getCrc());
      assertThat(copy.getSize()).isEqualTo(entry.getSize());
    }
  }

  private void assertReadAsAStream() throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(output));
        ZipFile file = new ZipFile(output.toFile())) {
      int read = 0;
      while (zip.getNextEntry() != null) {
        zip.readAllBytes();
        read++;
      }
      assertThat(read).isEqualTo(file.size());
    }
  }
}
