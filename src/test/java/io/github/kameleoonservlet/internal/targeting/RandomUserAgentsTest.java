package io.github.kameleoonservlet.internal.targeting;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RandomUserAgentsTest {

  @Property(tries = 2000)
  void userAgent_randomText_isClassifiedWithoutException(@ForAll("texts") String text) {
    BrowserFacts facts = UserAgents.of(text);

    Float version = facts.version();
    assertThat(version == null || Float.isFinite(version)).isTrue();
    assertThat(facts).isEqualTo(UserAgents.of(text));
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "Chrome",
            "Firefox",
            "Version",
            "OPR",
            "Googlebot",
            "Nexus",
            "tablet",
            "mobi",
            "MSIE",
            "rv:",
            "Macintosh",
            "FxiOS",
            "Opera",
            "/",
            "/",
            " ",
            "(",
            ".",
            "_",
            "-",
            "e",
            "1",
            "99",
            "\t");
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(300),
        pieces.list().ofMaxSize(30).map(l -> String.join("", l)));
  }
}
