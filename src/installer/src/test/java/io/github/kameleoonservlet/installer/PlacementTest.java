package io.github.kameleoonservlet.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the place of the output if another program writes there after the check. */
class PlacementTest {

  @TempDir private Path folder;

  private Path result;
  private Path target;

  @BeforeEach
  void writeResult() throws IOException {
    result = Files.writeString(folder.resolve("made.war"), "ours");
    target = folder.resolve("result.war");
  }

  @Test
  void freePlace_getsTheFile() throws IOException, RefusedException {
    new Placement(target, false).moveIfAllowed(result);

    assertThat(target).hasContent("ours");
  }

  @Test
  void fileThatAppears_isKept() throws IOException {
    Files.writeString(target, "of another program");

    assertRefused(result, "The output " + target + " exists with another content. --force");

    assertThat(target).hasContent("of another program");
  }

  @Test
  void fileThatAppears_isOverwrittenWithForce() throws IOException, RefusedException {
    Files.writeString(target, "of another program");

    new Placement(target, true).moveIfAllowed(result);

    assertThat(target).hasContent("ours");
  }

  @Test
  void folderThatAppears_isKept() throws IOException {
    Files.writeString(Files.createDirectory(target).resolve("a"), "of another program");
    Path made = Files.createDirectory(folder.resolve("made"));

    for (Path each : new Path[] {made, result}) {
      assertRefused(each, "The folder " + target + " exists with another content. Delete it");
      assertThat(target.resolve("a")).hasContent("of another program");
    }
  }

  @Test
  void fileThatAppears_isNotOverwrittenByAFolder() throws IOException {
    Files.writeString(target, "of another program");
    Path made = Files.createDirectory(folder.resolve("made"));

    assertRefused(made, "The output " + target + " exists with another content.");

    assertThat(target).hasContent("of another program");
  }

  private void assertRefused(Path made, String message) {
    assertThatThrownBy(() -> new Placement(target, false).moveIfAllowed(made))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(message);
  }
}
