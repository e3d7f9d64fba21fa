package io.github.kameleoonservlet.jsp;

import static java.util.Objects.requireNonNullElse;

import jakarta.servlet.jsp.PageContext;
import org.jspecify.annotations.Nullable;

/**
 * Shows its body to the visitors for whom a feature is active: {@code <k:active
 * feature="free-shipping">…</k:active>}. Without a visitor none is.
 *
 * <p>Reading decides the feature, and tracks the exposure, whether the body is shown or not.
 *
 * @since 0.1
 */
public final class ActiveTag extends ConditionalTag {

  private String feature = "";

  /** Sets the feature's key; null, which a scriptlet's expression may be, names no feature. */
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
