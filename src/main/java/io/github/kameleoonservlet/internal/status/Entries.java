package io.github.kameleoonservlet.internal.status;

import java.util.ArrayList;
import java.util.List;

/**
 * Parts of the same form, such as one for each feature; in JSON an array of objects. Not
 * thread-safe.
 *
 * @param key the name in JSON
 * @param none the text in place of no part
 * @param all the parts
 */
record Entries(String key, String none, List<Entry> all) implements Block {

  /**
   * One part.
   *
   * @param title the heading on the page
   * @param mark the state next to the heading
   * @param note the text after the state
   * @param blocks the content
   */
  record Entry(String title, Value.Mark mark, String note, List<Block> blocks) {}

  /** Creates an instance without parts. */
  Entries(String key, String none) {
    this(key, none, new ArrayList<>());
  }

  /** Adds a part. */
  void add(String title, Value.Mark mark, String note, Block... blocks) {
    all.add(new Entry(title, mark, note, List.of(blocks)));
  }

  @Override
  public void renderTo(Renderer renderer) {
    renderer.entries(this);
  }
}
