package io.github.kameleoonservlet.internal.targeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UserAgentsTest {

  static Stream<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : lines()) {
      if (!line.startsWith("#")) {
        String[] cells = line.split("\\|", 6);
        String userAgent = cells[5].substring(1, cells[5].length() - 1);
        BrowserFacts facts =
            new BrowserFacts(
                cells[1].isEmpty() ? null : BrowserType.valueOf(cells[1]),
                cells[2].isEmpty() ? null : version(cells[2]),
                cells[3].isEmpty() ? null : OperatingSystem.valueOf(cells[3]),
                cells[4].isEmpty() ? null : DeviceType.valueOf(cells[4]));
        rows.add(new Row(cells[0], userAgent, facts));
      }
    }
    return rows.stream();
  }

  private static float version(String number) {
    return (float) Math.min(Double.parseDouble(number), Float.MAX_VALUE);
  }

  private static List<String> lines() throws IOException {
    try (InputStream file =
        UserAgentsTest.class.getResourceAsStream("/targeting/user-agents.csv")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      return List.of(text.split("\n"));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void userAgent_ofList_isClassifiedAsByWebSdk(Row row) {
    assertThat(UserAgents.of(row.userAgent())).isEqualTo(row.facts());
  }

  @Test
  void list_ofUserAgents_containsEveryValue() throws IOException {
    List<BrowserFacts> facts = rows().map(Row::facts).toList();

    assertThat(facts).hasSizeGreaterThan(700);
    assertThat(facts).extracting(BrowserFacts::type).contains(BrowserType.values());
    assertThat(facts).extracting(BrowserFacts::system).contains(OperatingSystem.values());
    assertThat(facts).extracting(BrowserFacts::device).contains(DeviceType.values());
  }

  @Test
  void userAgent_missingOrEmpty_isUnknown() {
    assertThat(UserAgents.of(null)).isEqualTo(BrowserFacts.UNKNOWN);
    assertThat(UserAgents.of("")).isEqualTo(BrowserFacts.UNKNOWN);
  }

  @Test
  void userAgent_longerThan1024Characters_isUnknown() {
    String longest = "Chrome/120 Linux" + "x".repeat(1008);

    assertThat(UserAgents.of(longest))
        .isEqualTo(
            new BrowserFacts(BrowserType.CHROME, 120f, OperatingSystem.LINUX, DeviceType.DESKTOP));
    assertThat(UserAgents.of(longest + "x")).isEqualTo(BrowserFacts.UNKNOWN);
  }

  @Test
  void words_withLettersFoldingToAscii_areNotFound() {
    // U+017F and U+212A: Unicode's case rules treat a long s as an s, and the Kelvin sign as a k.
    assertThat(UserAgents.of("\u017Fafari").type()).isEqualTo(BrowserType.OTHER);
    assertThat(UserAgents.of("AppleWeb\u212Ait").type()).isEqualTo(BrowserType.OTHER);
  }

  @Test
  void words_separatedByBlanksOfWebSdk_areFound() {
    for (String blank : List.of(" ", "\t", "\u000b", "\f", "\u00a0", "\ufeff", "\u2003")) {
      assertThat(UserAgents.of("Firefox" + blank + "120").version()).isEqualTo(120f);
      assertThat(UserAgents.of("Nexus" + blank + "7").device()).isEqualTo(DeviceType.TABLET);
    }
    assertThat(UserAgents.of("Firefox\u0008120").version()).isNull();
    assertThat(UserAgents.of("Firefox\u000e120").version()).isNull();
  }

  record Row(String name, String userAgent, BrowserFacts facts) {

    @Override
    public String toString() {
      return name + " " + userAgent;
    }
  }
}
