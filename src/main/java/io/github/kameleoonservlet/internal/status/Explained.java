package io.github.kameleoonservlet.internal.status;

import io.github.kameleoonservlet.decision.Explanation;
import java.util.List;

/**
 * Why a visitor has the variations of all features; in JSON an array of objects.
 *
 * @param key the name in JSON
 * @param none the text in place of no feature
 * @param all one explanation for each feature
 */
record Explained(String key, String none, List<Explanation> all) implements Block {

  @Override
  public void renderTo(Renderer renderer) {
    renderer.explained(this);
  }
}
