package io.github.kameleoonservlet.internal.status;

import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.decision.Variation;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The blocks of a report as HTML. Not thread-safe. */
final class HtmlBlocks implements Block.Renderer {

  private final Html html;
  private final Instant now;

  /** The part around a table, which makes the names of the tables unique. */
  private String part = "";

  HtmlBlocks(Html html, Instant now) {
    this.html = html;
    this.now = now;
  }

  @Override
  public void facts(Facts facts) {
    if (facts.all().isEmpty()) {
      return;
    }
    html.open("dl", "class", "facts");
    for (Facts.Fact fact : facts.all()) {
      html.open("div").element("dt", fact.label()).open("dd");
      Value.write(html, fact.value(), now);
      html.close().close();
    }
    html.close().line();
  }

  @Override
  public void table(Table table) {
    if (table.rows().isEmpty() && table.none().isEmpty()) {
      return;
    }
    if (table.rows().isEmpty()) {
      html.open("p", "class", "none").element("strong", table.caption() + ": ");
      html.text(table.none()).close().line();
      return;
    }
    scroll(table.caption() + part);
    html.open("table").element("caption", table.caption());
    html.open("thead").open("tr");
    for (int i = 0; i < table.columns().size(); i++) {
      // A column has values of one kind.
      String kind = i > 0 && table.rows().get(0).get(i) instanceof Number ? "number" : "words";
      html.element("th", table.columns().get(i).label(), "scope", "col", "class", kind);
    }
    html.close().close().open("tbody").line();
    table.rows().forEach(this::row);
    html.close().close().close().line();
  }

  /** Begins an element in which a wide table scrolls; keys can scroll it, too. */
  private void scroll(String name) {
    html.open("div", "class", "scroll", "role", "region", "tabindex", "0", "aria-label", name);
  }

  private void row(List<@Nullable Object> cells) {
    html.open("tr");
    for (int i = 0; i < cells.size(); i++) {
      Object value = cells.get(i);
      if (i == 0) {
        html.open("th", "scope", "row");
      } else if (value instanceof Number) {
        html.open("td", "class", "number");
      } else {
        html.open("td");
      }
      Value.write(html, value, now);
      html.close();
    }
    html.close().line();
  }

  @Override
  public void entries(Entries entries) {
    if (entries.all().isEmpty()) {
      html.element("p", entries.none(), "class", "none");
    }
    for (Entries.Entry entry : entries.all()) {
      html.open("details", "class", "entry").open("summary");
      html.element("strong", entry.title()).text(" ");
      Value.write(html, entry.mark(), now);
      html.text(" ").element("span", entry.note(), "class", "note");
      html.close();
      part = ": " + entry.title();
      entry.blocks().forEach(block -> block.renderTo(this));
      part = "";
      html.close().line();
    }
  }

  @Override
  public void chart(Chart chart) {
    new SvgChart(html, chart).write();
    if (chart.total() == 0) {
      return;
    }
    html.open("details").element("summary", chart.title() + ", as a table");
    Table table =
        new Table(
            chart.key(),
            chart.title(),
            "",
            Stream.concat(
                    Stream.of(Table.column("from", "From")),
                    chart.series().stream().map(one -> Table.column(one.name(), one.name())))
                .toArray(Table.Column[]::new));
    for (int i = chart.starts().size() - 1; i >= 0; i--) {
      if (chart.total(i) > 0) {
        Object[] row = new Object[chart.series().size() + 1];
        row[0] = chart.starts().get(i);
        for (int j = 0; j < chart.series().size(); j++) {
          row[j + 1] = chart.series().get(j).counts().get(i);
        }
        table.row(row);
      }
    }
    table(table);
    html.close().line();
  }

  @Override
  public void explained(Explained explained) {
    if (explained.all().isEmpty()) {
      html.element("p", explained.none(), "class", "none");
    }
    for (Explanation one : explained.all()) {
      Variation variation = one.getVariation();
      html.open("details", "class", "entry").open("summary");
      html.element("strong", one.getFeatureKey()).text(" ").element("code", variation.getKey());
      html.text(" ");
      Value.write(
          html,
          variation.isActive()
              ? Value.good(variation.getReason().name())
              : Value.neutral(variation.getReason().name()),
          now);
      html.close();
      html.open(
          "pre",
          "tabindex",
          "0",
          "role",
          "region",
          "aria-label",
          "Rules of " + one.getFeatureKey());
      html.text(one.toText()).close().close().line();
    }
  }
}
