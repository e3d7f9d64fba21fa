package io.github.kameleoonservlet.jsp;

import static java.util.Objects.requireNonNullElse;

import jakarta.servlet.jsp.PageContext;
import org.jspecify.annotations.Nullable;

/**
 * Shows its body to the visitors of one variation: {@code <k:variation feature="spring-offer"
 * key="treatment">…</k:variation>}. Without a visitor the variation is {@code off}.
 *
 * <p>Reading decides the feature, and tracks the exposure, whether the body is shown or not: who
 * does not see the treatment is the control group.
 *
 * @since 0.1
 */
public final class VariationTag extends ConditionalTag {

  private String feature = "";
  private String key = "";

  /** Sets the feature's key; null, which a scriptlet's expression may be, names no feature. */
  public void setFeature(@Nullable String feature) {
    this.feature = requireNonNullElse(feature, "");
  }

  /** Sets the key of the variation that the body belongs to; with null the body is never shown. */
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
