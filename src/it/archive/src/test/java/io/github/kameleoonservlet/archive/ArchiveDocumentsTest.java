package io.github.kameleoonservlet.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the documents of the archive refer to files that are in the archive. */
class ArchiveDocumentsTest {

  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)|src=\"([^\"]*)\"");
  private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```$|`[^`\n]*`");

  private static final Archive ARCHIVE = Archive.ofBuild();

  static List<String> documents() {
    return ARCHIVE.files().keySet().stream().filter(name -> name.endsWith(".md")).toList();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void links_ofDocument_resolveInArchive(String document) {
    LINK.matcher(CODE.matcher(ARCHIVE.text(document)).replaceAll(""))
        .results()
        .forEach(
            link -> {
              String path = link.group(3) == null ? link.group(1) : link.group(3);
              String target =
                  path.isEmpty()
                      ? document
                      : Path.of("/", document)
                          .resolveSibling(path)
                          .normalize()
                          .toString()
                          .substring(1);

              assertThat(ARCHIVE.hasFileOrFolder(target)).as(link.group()).isTrue();
              if (link.group(2) != null) {
                assertThat(anchors(ARCHIVE.text(target))).as(link.group()).contains(link.group(2));
              }
            });
  }

  /** The commands of the documents name files as they are named below the archive's folder. */
  @ParameterizedTest
  @MethodSource("documents")
  void commands_ofUserDocuments_nameNoFileOfTheProject(String document) {
    if (!document.matches("documentation/(CONTRIBUTING|RATIONALE|CHANGELOG)\\.md")) {
      assertThat(ARCHIVE.text(document))
          .doesNotContain("target/kameleoon-servlet-install", "WEB-INF/kameleoon-data-file.json")
          .doesNotContain("src/it/scale/src/main/sql");
    }
  }

  /** Returns the anchors of the headings, as GitHub and most readers of Markdown create them. */
  private static List<String> anchors(String text) {
    Stream<String> headings = text.lines().filter(line -> line.matches("#+ .*"));
    return headings
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }
}
