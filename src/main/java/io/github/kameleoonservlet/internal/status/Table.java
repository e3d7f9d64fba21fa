package io.github.kameleoonservlet.internal.status;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table; in JSON an array of objects. Not thread-safe.
 *
 * @param key the name in JSON
 * @param caption the caption on the page
 * @param none the text in place of an empty table; without a text the page shows nothing
 * @param columns the columns
 * @param rows one value for each column, see {@link Value}
 */
record Table(
    String key,
    String caption,
    String none,
    List<Column> columns,
    List<List<@Nullable Object>> rows)
    implements Block {

  /**
   * A column.
   *
   * @param key the name in JSON
   * @param label the heading on the page
   */
  record Column(String key, String label) {}

  /** Creates a table without rows. */
  Table(String key, String caption, String none, Column... columns) {
    this(key, caption, none, List.of(columns), new ArrayList<>());
  }

  static Column column(String key, String label) {
    return new Column(key, label);
  }

  /** Adds a row. */
  void row(@Nullable Object... values) {
    rows.add(Arrays.asList(values));
  }

  @Override
  public void renderTo(Renderer renderer) {
    renderer.table(this);
  }
}
