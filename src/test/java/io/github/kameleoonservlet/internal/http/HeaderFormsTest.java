package io.github.kameleoonservlet.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compares the checks of header values with the regular expressions that define their forms. */
class HeaderFormsTest {

  private static final int TEXTS = 50_000;
  private static final Pattern TYPE =
      Pattern.compile("\\s*([\\w!#$&^.+-]+/[\\w!#$&^.+-]+)\\s*(?:;.*)?", Pattern.DOTALL);
  private static final String[] PARTS = {
    "text",
    "/",
    "html",
    "application",
    "xhtml+xml",
    ";",
    " ",
    "\t",
    "\u000b",
    "\n",
    "charset=x",
    "",
    "HTML",
    "Text",
    "a",
    "z",
    "A",
    "Z",
    "0",
    "9",
    "_",
    "`",
    "{",
    "@",
    "[",
    ":",
    "json",
    "\u00e4"
  };

  private final Random random = new Random(20_261_129);

  @Test
  void mediaType_randomText_isClassifiedAsByReference() {
    int pages = 0;
    for (int i = 0; i < TEXTS; i++) {
      StringBuilder text = new StringBuilder();
      for (int parts = random.nextInt(7); parts > 0; parts--) {
        text.append(PARTS[random.nextInt(PARTS.length)]);
      }
      String type = random.nextInt(3) == 0 ? "text/html" + text : text.toString();
      MediaType expected = expected(type);
      pages += expected == MediaType.PAGE ? 1 : 0;
      assertThat(MediaType.of(type)).as(type).isEqualTo(expected);
    }
    assertThat(pages).isGreaterThan(TEXTS / 100);
    assertThat(MediaType.of("application/xhtml+xml; charset=UTF-8")).isEqualTo(MediaType.PAGE);
    assertThat(MediaType.of(null)).isEqualTo(MediaType.UNKNOWN);
  }

  private static MediaType expected(String type) {
    Matcher matcher = TYPE.matcher(type);
    if (!matcher.matches()) {
      return MediaType.UNKNOWN;
    }
    return Set.of("text/html", "application/xhtml+xml")
            .contains(matcher.group(1).toLowerCase(Locale.ROOT))
        ? MediaType.PAGE
        : MediaType.OTHER;
  }

  @Test
  void sharedCacheHeader_anyCase_isFound() {
    for (String name :
        new String[] {
          "Surrogate-Control", "EDGE-CONTROL", "CDN-Cache-Control", "x-cache-control"
        }) {
      assertThat(SharedCacheHeaders.has(name)).as(name).isTrue();
    }
    for (String name :
        new String[] {
          "Cache-Control", "cache-control", "", "Surrogate-Control2", "Edge", "Expires"
        }) {
      assertThat(SharedCacheHeaders.has(name)).as(name).isFalse();
    }
  }
}
