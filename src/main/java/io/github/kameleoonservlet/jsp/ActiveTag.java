package io.github.kameleoonservlet.jsp;

import static java.util.Objects.requireNonNullElse;

import jakarta.servlet.jsp.PageContext;
import org.jspecify.annotations.Nullable;

/**
 * The tag that shows its body if a feature is active for the visitor: {@code <k:active
 * feature="free-shipping">…</k:active>}. Without a visitor, or if the feature cannot be decided,
 * the tag skips its body.
 *
 * <p>The tag decides the feature and tracks the exposure, whether it shows the body or not. Not
 * thread-safe, like every tag.
 *
 * @since 0.1
 */
public final class ActiveTag extends ConditionalTag {

  private String feature = "";

  /**
   * Sets the attribute {@code feature}, which is required.
   *
   * @param feature the feature's key; null, for example from an expression, counts as a key that no
   *     feature has
   */
  public void setFeature(@Nullable String feature) {
    this.feature = requireNonNullElse(feature, "");
  }

  @Override
  boolean shows(PageContext page) {
    return PageVisitor.variation(page, feature).isActive();
  }

  @Override
  public void release() {
    super.release();
    feature = "";
  }
}
