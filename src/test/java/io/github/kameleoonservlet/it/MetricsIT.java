package io.github.kameleoonservlet.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests the meters of the shop in the text format of Prometheus, with Micrometer in the WAR. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class MetricsIT {

  private static final String FILTER = "context=\"/metrics\",filter=\"kameleoonVisitor\"";

  @ArquillianResource private URL url;
  private URI base;

  @Deployment(testable = false)
  static WebArchive shop() {
    return Wars.sample("metrics", Map.of())
        .addAsWebResource(
            Wars.property("it.webapps").resolve("metrics/metrics.jsp").toFile(), "metrics.jsp")
        .addAsLibraries(new File("target/micrometer").listFiles());
  }

  @BeforeEach
  void findShop() throws URISyntaxException {
    base = url.toURI();
  }

  /** Returns the values of the meters by name and tags. */
  private Map<String, Double> meters(String text) {
    return text.lines()
        .filter(line -> line.startsWith("kameleoon_"))
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.lastIndexOf(' ')),
                line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
  }

  private String scrape() {
    Page metrics = new Browser(base).open("metrics.jsp");
    assertThat(metrics.status()).isEqualTo(200);
    return metrics.body();
  }

  @Test
  void prometheus_afterPagesOfTheShop_readsTheirCounts() {
    Map<String, Double> before = meters(scrape());
    Browser browser = new Browser(base);
    Page home = Shop.home(browser);
    String user = Shop.newUser("user-1");
    Page signedIn = Shop.signIn(browser, user);

    String text = scrape();

    Map<String, Double> meters = meters(text);
    for (String outcome : List.of("issued", "linked", "recognized")) {
      String name = name("kameleoon_visitor_requests_total", ",outcome=\"" + outcome + "\"");
      assertThat(meters.get(name)).as(name).isGreaterThan(before.get(name));
    }
    assertThat(meters)
        .containsKey(name("kameleoon_events_pending", ""))
        .hasEntrySatisfying(
            name("kameleoon_datafile_age_seconds", ""),
            age -> assertThat(age).isBetween(0.0, 3_600.0))
        .hasEntrySatisfying(
            name("kameleoon_store_calls_seconds_count", ",operation=\"link\",result=\"answered\""),
            links -> assertThat(links).isGreaterThanOrEqualTo(1))
        .hasEntrySatisfying(
            "kameleoon_decisions_total{context=\"/metrics\",feature=\"spring-offer\","
                + "filter=\"kameleoonVisitor\",reason=\"assigned\"}",
            decisions -> assertThat(decisions).isGreaterThanOrEqualTo(1));
    assertThat(text)
        .contains("# TYPE kameleoon_visitor_requests_total counter")
        .doesNotContain(home.code(), signedIn.code(), user, "user-1");
  }

  private static String name(String meter, String tags) {
    return meter + "{" + FILTER + tags + "}";
  }
}
