package io.github.kameleoonservlet.internal.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SvgChartTest {

  private static final Instant TEN = Instant.parse("2026-11-29T10:00:00Z");
  private static final List<Instant> STARTS =
      List.of(TEN, TEN.plusSeconds(60), TEN.plusSeconds(120));

  private static String svg(Chart.Series... series) {
    Html html = new Html();
    new SvgChart(html, new Chart("hour", "The last hour", STARTS, List.of(series))).write();
    return html.toString();
  }

  private static List<String> bars(String svg) {
    return Pattern.compile(
            "<rect class=\"([^\"]*)\" x=\"([^\"]*)\" y=\"([^\"]*)\"[^>]*" + "height=\"([^\"]*)\">")
        .matcher(svg)
        .results()
        .map(
            (MatchResult bar) ->
                bar.group(1) + " " + bar.group(2) + " " + bar.group(3) + " " + bar.group(4))
        .toList();
  }

  @Test
  void bars_twoSeries_areStackedToTheHighestInterval() {
    String svg =
        svg(
            new Chart.Series("ISSUED", List.of(0L, 50L, 9L)),
            new Chart.Series("LINKED", List.of(0L, 50L, 0L)));

    assertThat(bars(svg))
        .containsExactly(
            "s-issued 264.0 61.0 59.0", "s-linked 264.0 2.0 59.0", "s-issued 504.0 109.4 10.6");
  }

  @Test
  void bar_oneOfManyRequests_isVisible() {
    String svg = svg(new Chart.Series("ISSUED", List.of(1L, 100_000L, 0L)));

    assertThat(bars(svg)).first().asString().endsWith(" 1.0");
  }

  @Test
  void chart_withRequests_hasTextAlternativeAxisAndLegend() {
    String svg =
        svg(
            new Chart.Series("ISSUED", List.of(0L, 1_500L, 0L)),
            new Chart.Series("LINKED", List.of(0L, 0L, 0L)));

    assertThat(svg)
        .contains("role=\"img\"", "aria-label=\"The last hour. ISSUED: 1500. ")
        .contains(">10:00</span>", ">10:01</span>", ">10:02 UTC</span>")
        .contains("1,500 requests, at most 1,500 in one interval", "ISSUED 1,500</li>")
        .doesNotContain("LINKED");
  }

  @Test
  void chart_withoutRequests_isASentence() {
    assertThat(svg(new Chart.Series("ISSUED", List.of(0L, 0L, 0L))))
        .contains("0 requests")
        .doesNotContain("<svg", "<ul");
  }
}
