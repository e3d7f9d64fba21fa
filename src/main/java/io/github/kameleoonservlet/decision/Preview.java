package io.github.kameleoonservlet.decision;

import java.util.Map;

/**
 * The preview that a browser sees: variations that a link or Kameleoon's Simulation Panel chose.
 *
 * <p>Applications call this interface and do not implement it: a later version can add methods.
 * Implementations are immutable.
 *
 * @since 0.1
 */
public interface Preview {

  /**
   * Returns the previewed variations: the key of the variation by the key of the feature.
   * Unmodifiable; empty if the data file has none of them.
   *
   * @return the keys, never null
   */
  Map<String, String> getVariations();

  /**
   * Returns the relative link that ends the preview and opens the same page: a question mark and
   * the query of the page. Escape it for HTML.
   *
   * @return the link, never null
   */
  String getEndLink();
}
