package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.decision.Preview;
import java.util.Map;

/** The preview that pages read. Immutable. */
final class ShownPreview implements Preview {

  private final Map<String, String> variations;
  private final String endLink;

  ShownPreview(Map<String, String> variations, String endLink) {
    this.variations = variations;
    this.endLink = endLink;
  }

  @Override
  public Map<String, String> getVariations() {
    return variations;
  }

  @Override
  public String getEndLink() {
    return endLink;
  }

  @Override
  public String toString() {
    return "Preview" + variations;
  }
}
