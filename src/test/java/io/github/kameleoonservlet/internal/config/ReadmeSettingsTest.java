package io.github.kameleoonservlet.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.servlet.ServletException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterConfig;

/** Compares the tables of docs/settings.md with the names and defaults that the filter knows. */
class ReadmeSettingsTest {

  private static final Pattern NAME = Pattern.compile("`([A-Za-z]+(?:[.]<[a-z]+>)?)`");

  /** Returns the cells of each row of the table: names, defaults, meaning. */
  private static List<String[]> rows() throws Exception {
    return Files.readString(Path.of("docs/settings.md"))
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(2).split(" \\| ", 3))
        .toList();
  }

  private static List<String> names(String cell) {
    return NAME.matcher(cell).results().map((MatchResult name) -> name.group(1)).toList();
  }

  @Test
  void names_inTheTable_equalThoseOfTheFilter() throws Exception {
    MockFilterConfig filter = new MockFilterConfig("visitor");
    filter.addInitParameter("noSuchSetting", "x");
    Throwable refusal = catchThrowable(() -> Settings.read(new Parameters(filter, name -> null)));
    assertThat(refusal).isInstanceOf(ServletException.class).hasMessageContaining("Known: ");
    String known = refusal.getMessage().replaceFirst(".*Known: ", "").replaceFirst("[.]$", "");
    List<String> documented = new ArrayList<>();
    for (String[] row : rows()) {
      documented.addAll(names(row[0]));
    }

    assertThat(documented).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(documented)).isEqualTo(new TreeSet<>(List.of(known.split(", "))));
  }

  @Test
  void defaults_inTheTable_equalThoseOfTheFilter() throws Exception {
    Settings settings =
        Settings.read(new Parameters(new MockFilterConfig("visitor"), name -> null));

    assertThat(defaultOf("storeTimeoutMillis"))
        .isEqualTo("`" + settings.store().timeoutMillis() + "`");
    assertThat(defaultOf("cacheSize")).isEqualTo("`" + settings.store().cacheSize() + "`");
    assertThat(defaultOf("cacheSeconds")).isEqualTo("`" + settings.store().cacheSeconds() + "`");
    assertThat(defaultOf("rememberedVisitors"))
        .isEqualTo("`" + settings.platform().rememberedVisitors() + "`");
    assertThat(defaultOf("storeSchema")).isEqualTo("`" + settings.store().schema() + "`");
    assertThat(defaultOf("userId")).isEqualTo("`" + settings.user().userId() + "`");
    assertThat(defaultOf("consentCookie"))
        .isEqualTo(
            "`" + settings.consents().cookieName() + "=" + settings.consents().cookieValue() + "`");
    assertThat(defaultOf("cookieSameSite")).isEqualTo("`" + settings.page().cookieSameSite() + "`");
    List<String> notUsers = List.of(defaultOf("notUsers").replace("`", "").split(","));
    assertThat(notUsers).hasSameElementsAs(settings.user().notUsers());
  }

  private static String defaultOf(String setting) throws Exception {
    return rows().stream()
        .filter(row -> names(row[0]).contains(setting))
        .map(row -> row[1])
        .findFirst()
        .orElseThrow();
  }
}
