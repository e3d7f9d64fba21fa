package io.github.kameleoonservlet.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Compares {@code docs/install.md} with the options and exit codes of the command. */
class OptionsDocumentationTest {

  private static final Path PAGE = Path.of("../../docs/install.md");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private final CommandSpec spec = Install.commandLine().getCommandSpec();

  @Test
  void options_equalThoseOfTheCommand() throws IOException {
    List<String> expected = new ArrayList<>();
    spec.positionalParameters().forEach(parameter -> expected.add(parameter.paramLabel()));
    for (OptionSpec option : spec.options()) {
      String names = String.join(" ", option.names());
      expected.add(option.arity().max() == 0 ? names : names + " " + option.paramLabel());
    }

    assertThat(rows("## Options").stream().map(OptionsDocumentationTest::code))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void exitCodes_equalThoseOfTheCommand() throws IOException {
    List<String> expected =
        spec.usageMessage().exitCodeList().entrySet().stream()
            .map(code -> "| " + code.getKey() + " | " + code.getValue() + " |")
            .toList();

    assertThat(rows("## Exit codes")).isEqualTo(expected);
  }

  @Test
  void defaults_areDocumented() throws IOException {
    for (OptionSpec option : spec.options()) {
      String value = option.defaultValue();
      if (value != null && value.startsWith("env:")) {
        assertThat(rows("## Options"))
            .anyMatch(row -> row.contains(option.longestName()) && row.contains(value));
      }
    }
  }

  private static String code(String row) {
    return CODE.matcher(row.substring(0, row.indexOf(" |", 2)))
        .results()
        .map((MatchResult code) -> code.group(1))
        .collect(Collectors.joining(" "));
  }

  private static List<String> rows(String heading) throws IOException {
    return Files.readAllLines(PAGE).stream()
        .dropWhile(line -> !line.equals(heading))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("|"))
        .skip(2)
        .toList();
  }
}
