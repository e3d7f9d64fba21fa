package io.github.kameleoonservlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that the Javadoc of the public API names the version that introduced each type, and the
 * version of a member only if the member is newer than its type.
 */
class PublicDocumentationTest {

  private static final Path ROOT = Path.of("src/main/java/io/github/kameleoonservlet");

  /** A type, with the Javadoc before it. Types inside an interface are public. */
  private static final Pattern TYPE =
      Pattern.compile(
          "(?<doc>/\\*\\*(?:(?!\\*/).)*\\*/)?\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*"
              + "\\n(?<indent> *)(?<public>public )?(?:static |final |abstract |sealed )*"
              + "(?:class|interface|record|enum) (?<name>\\w+)",
          Pattern.DOTALL);

  private static final Pattern NESTED_TYPE =
      Pattern.compile("^ +(?:public |static |final |sealed )*(?:class|interface|record|enum) ");

  private record Type(String name, String documentation) {}

  private static List<Type> publicTypes(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean contract = text.contains("\npublic interface ");
    return TYPE.matcher(text)
        .results()
        .filter(type -> type.group(3) != null || (contract && type.group(2).length() == 2))
        .map(type -> new Type(type.group(4), type.group(1) == null ? "" : type.group(1)))
        .toList();
  }

  private static List<Type> publicTypesOf(String room) throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve(room))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .flatMap(file -> publicTypes(file).stream())
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "identity", "decision", "servlet", "jsp"})
  void type_ofPublicPackage_namesItsFirstVersion(String room) throws Exception {
    assertThat(publicTypesOf(room))
        .isNotEmpty()
        .allSatisfy(
            type ->
                assertThat(type.documentation())
                    .as(type.name())
                    .containsPattern("\n *\\* @since [0-9]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "identity", "decision", "servlet", "jsp"})
  void member_ofPublicPackage_namesNoVersionOfItsType(String room) throws Exception {
    try (Stream<Path> files = Files.list(ROOT.resolve(room))) {
      assertThat(files.filter(file -> file.toString().endsWith(".java")))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(repeatedVersions(Files.readString(file))).isEmpty());
    }
  }

  /** Returns the declarations of a file whose documentation repeats the version of the type. */
  private static List<String> repeatedVersions(String text) {
    Matcher ofType = Pattern.compile("\n \\* @since (\\S+)").matcher(text);
    if (!ofType.find()) {
      return List.of();
    }
    return Pattern.compile(
            "\\* @since "
                + Pattern.quote(ofType.group(1))
                + "\\s+\\*/\\s*\n(?<declaration> +[^\n]+)")
        .matcher(text)
        .results()
        .map(member -> member.group(1))
        .filter(declaration -> !NESTED_TYPE.matcher(declaration).find())
        .toList();
  }

  @Test
  void member_withVersionOfItsType_isFound() {
    String text =
        """
        /**
         * A type.
         *
         * @since 0.1
         */
        public interface Sample {
          /**
           * Returns a value.
           *
           * @since 0.1
           */
          int old();

          /**
           * Returns a value.
           *
           * @since 0.2
           */
          int newer();

          /**
           * A type.
           *
           * @since 0.1
           */
          enum Part {}
        }
        """;

    assertThat(repeatedVersions(text)).containsExactly("  int old();");
  }

  @Test
  void types_withinPublicInterface_areFound() throws Exception {
    assertThat(publicTypesOf("identity"))
        .extracting(Type::name)
        .contains("VisitorCodeStore", "Link", "LinkResult", "RenameResult", "VisitorCode");
  }
}
