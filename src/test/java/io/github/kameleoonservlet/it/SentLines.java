package io.github.kameleoonservlet.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The tracking data that the SDK would have sent, as the shop's page shows the data. */
final class SentLines {

  private static final Pattern LINE = Pattern.compile("<li><code>([^<]*)</code>");

  private SentLines() {}

  /**
   * Returns the lines about a code, including those of all events before this call.
   *
   * @param base a shop that requires no consent, or that accepts the consent cookie of this class
   */
  static List<String> of(URI base, String code) {
    // The SDK sends lines in the order of their events. Two witnesses are needed, because the first
    // one may be in the same batch.
    witness(base);
    witness(base);
    return about(base, code);
  }

  /** Returns the lines about a code that the page shows now. */
  static List<String> about(URI base, String code) {
    return LINE.matcher(new Browser(base).open("sent.jsp").body())
        .results()
        .map(line -> line.group(1).replace("&amp;", "&"))
        .filter(line -> line.contains("visitorCode=" + code))
        .toList();
  }

  private static void witness(URI base) {
    String code = Shop.newUser("witness");
    Browser browser = new Browser(base, code);
    browser.consent();
    Page page = browser.open("feature.jsp?key=spring-offer");
    assertThat(page.text("variation-reason")).isEqualTo("ASSIGNED");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> about(base, code), lines -> !lines.isEmpty());
  }
}
