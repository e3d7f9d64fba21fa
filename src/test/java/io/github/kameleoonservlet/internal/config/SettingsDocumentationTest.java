package io.github.kameleoonservlet.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Compares {@code docs/settings.md} with the declarations of the settings. After a change of a
 * declaration, copy the expected line into the document.
 */
class SettingsDocumentationTest {

  /** Returns the headings and the rows of the tables, in the order of the document. */
  private static List<String> documented() throws Exception {
    return Files.readString(Path.of("docs/settings.md"))
        .lines()
        .filter(line -> line.startsWith("## ") || line.startsWith("| `"))
        .toList();
  }

  private static List<String> declared() {
    List<String> lines = new ArrayList<>();
    for (Section section : Settings.SECTIONS) {
      lines.add("## " + section.title());
      section.settings().forEach(setting -> lines.add(row(setting)));
    }
    return lines;
  }

  private static String row(Setting<?> setting) {
    String value = setting.defaultText() == null ? "–" : "`" + setting.defaultText() + "`";
    return "| `%s` | %s | %s |".formatted(setting.name(), value, setting.description());
  }

  @Test
  void tables_ofDocument_equalDeclarations() throws Exception {
    assertThat(documented()).containsExactlyElementsOf(declared());
  }

  @Test
  void names_inAllSections_areUnique() {
    assertThat(Settings.SECTIONS.stream().flatMap(section -> section.settings().stream()))
        .extracting(Setting::name)
        .hasSizeGreaterThan(40)
        .doesNotHaveDuplicates();
  }
}
