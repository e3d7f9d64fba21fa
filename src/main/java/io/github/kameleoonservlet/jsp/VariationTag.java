package io.github.kameleoonservlet.jsp;

import static java.util.Objects.requireNonNullElse;

import jakarta.servlet.jsp.PageContext;
import org.jspecify.annotations.Nullable;

/**
 * The tag that shows its body to the visitors of one variation: {@code <k:variation
 * feature="spring-offer" key="treatment">…</k:variation>}. Without a visitor, or if the feature is
 * not active or cannot be decided, the variation is {@code off}.
 *
 * <p>The tag decides the feature and tracks the exposure, whether it shows the body or not:
 * visitors without the treatment are the control group. Not thread-safe, like every tag.
 *
 * @since 0.1
 */
public final class VariationTag extends ConditionalTag {

  private String feature = "";
  private String key = "";

  /**
   * Sets the attribute {@code feature}, which is required.
   *
   * @param feature the feature's key; null, for example from an expression, counts as a key that no
   *     feature has
   */
  public void setFeature(@Nullable String feature) {
    this.feature = requireNonNullElse(feature, "");
  }

  /**
   * Sets the attribute {@code key}, which is required.
   *
   * @param key the key of the variation that the body belongs to; with null the tag skips its body
   */
  public void setKey(@Nullable String key) {
    this.key = requireNonNullElse(key, "");
  }

  @Override
  boolean shows(PageContext page) {
    return PageVisitor.variation(page, feature).getKey().equals(key);
  }

  @Override
  public void release() {
    super.release();
    feature = "";
    key = "";
  }
}
