package io.github.kameleoonservlet.internal.status;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Counts over time as stacked bars. The style sheet has the colours. Not thread-safe. */
final class SvgChart {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 120;
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Html html;
  private final Chart chart;
  private final long most;

  SvgChart(Html html, Chart chart) {
    this.html = html;
    this.chart = chart;
    long highest = 0;
    for (int i = 0; i < chart.starts().size(); i++) {
      highest = Math.max(highest, chart.total(i));
    }
    this.most = highest;
  }

  /** Writes the chart with its legend. */
  void write() {
    html.open("figure").open("figcaption").element("strong", chart.title());
    html.text(
        ": "
            + Value.number(chart.total())
            + " requests, at most "
            + Value.number(most)
            + " in one interval");
    html.close().line();
    if (most > 0) {
      html.open(
          "svg",
          "viewBox",
          "0 0 " + WIDTH + " " + HEIGHT,
          "preserveAspectRatio",
          "none",
          "role",
          "img",
          "aria-label",
          description());
      bars();
      html.close().line();
      axis();
      legend();
    }
    html.close().line();
  }

  private String description() {
    StringBuilder text = new StringBuilder(chart.title()).append(". ");
    for (Chart.Series series : chart.series()) {
      if (series.total() > 0) {
        text.append(series.name()).append(": ").append(series.total()).append(". ");
      }
    }
    return text.append("The table below has all counts.").toString();
  }

  private void bars() {
    double step = (double) WIDTH / chart.starts().size();
    for (int i = 0; i < chart.starts().size(); i++) {
      double below = HEIGHT;
      for (Chart.Series series : chart.series()) {
        long count = series.counts().get(i);
        if (count > 0) {
          // A single request among thousands stays visible.
          double height = Math.max(1, (double) count * (HEIGHT - 2) / most);
          below -= height;
          html.open(
              "rect",
              "class",
              colour(series),
              "x",
              decimal(i * step + step * 0.1),
              "y",
              decimal(Math.max(0, below)),
              "width",
              decimal(step * 0.8),
              "height",
              decimal(height));
          html.close();
        }
      }
    }
  }

  /** Writes the times below the bars, as text of the page that a narrow window does not shrink. */
  private void axis() {
    List<Instant> starts = chart.starts();
    html.open("div", "class", "axis", "aria-hidden", "true");
    html.element("span", CLOCK.format(starts.get(0)));
    html.element("span", CLOCK.format(starts.get(starts.size() / 2)));
    html.element("span", CLOCK.format(starts.get(starts.size() - 1)) + " UTC").close().line();
  }

  private void legend() {
    html.open("ul", "class", "legend");
    for (Chart.Series series : chart.series()) {
      if (series.total() > 0) {
        html.open("li").open("span", "class", "swatch " + colour(series)).close();
        html.text(" " + series.name() + " " + Value.number(series.total())).close();
      }
    }
    html.close();
  }

  private static String colour(Chart.Series series) {
    return "s-" + series.name().toLowerCase(Locale.ROOT);
  }

  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}
