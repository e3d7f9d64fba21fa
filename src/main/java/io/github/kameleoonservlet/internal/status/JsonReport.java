package io.github.kameleoonservlet.internal.status;

import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.internal.api.ApiAnswer;
import io.github.kameleoonservlet.internal.api.ApiJson;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The report as JSON: an object for each section. Not thread-safe. */
final class JsonReport implements Block.Renderer {

  private final JsonObjectBuilder object = Json.createObjectBuilder();

  private JsonReport() {}

  /** Returns a report as JSON in ASCII. */
  static String of(Report report) {
    JsonReport all = new JsonReport();
    all.object
        .add("at", report.at().toString())
        .add("filter", report.filter())
        .add("application", report.application())
        .add("observes", report.observes());
    all.facts(report.summary());
    for (Section section : report.sections()) {
      all.object.add(section.key(), object(section.blocks()));
    }
    return ApiAnswer.ascii(all.object.build().toString());
  }

  private static JsonObjectBuilder object(List<Block> blocks) {
    JsonReport json = new JsonReport();
    blocks.forEach(block -> block.renderTo(json));
    return json.object;
  }

  @Override
  public void facts(Facts facts) {
    facts.all().forEach(fact -> object.add(fact.key(), Value.json(fact.value())));
  }

  @Override
  public void table(Table table) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (List<@Nullable Object> row : table.rows()) {
      JsonObjectBuilder cells = Json.createObjectBuilder();
      for (int i = 0; i < row.size(); i++) {
        cells.add(table.columns().get(i).key(), Value.json(row.get(i)));
      }
      array.add(cells);
    }
    object.add(table.key(), array);
  }

  @Override
  public void entries(Entries entries) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    entries.all().forEach(entry -> array.add(object(entry.blocks())));
    object.add(entries.key(), array);
  }

  @Override
  public void chart(Chart chart) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (int i = 0; i < chart.starts().size(); i++) {
      JsonObjectBuilder counts = Json.createObjectBuilder();
      counts.add("from", chart.starts().get(i).toString());
      for (Chart.Series series : chart.series()) {
        counts.add(series.name(), series.counts().get(i));
      }
      array.add(counts);
    }
    object.add(chart.key(), array);
  }

  @Override
  public void explained(Explained explained) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (Explanation one : explained.all()) {
      array.add(
          Json.createObjectBuilder()
              .add("featureKey", one.getFeatureKey())
              .add("variation", ApiJson.variation(one.getVariation()))
              .add("explanation", ApiJson.explanation(one)));
    }
    object.add(explained.key(), array);
  }
}
