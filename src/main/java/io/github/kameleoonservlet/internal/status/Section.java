package io.github.kameleoonservlet.internal.status;

import java.util.List;

/**
 * A section of a report.
 *
 * @param key the name in JSON, and the anchor on the page
 * @param title the heading on the page
 * @param intro the sentences below the heading; empty without any
 * @param blocks the content
 */
record Section(String key, String title, String intro, List<Block> blocks) {

  /** Creates a section. */
  Section(String key, String title, String intro, Block... blocks) {
    this(key, title, intro, List.of(blocks));
  }
}
