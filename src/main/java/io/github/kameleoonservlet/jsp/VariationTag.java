package io.github.kameleoonservlet.jsp;

import static java.util.Objects.requireNonNullElse;

import jakarta.servlet.jsp.JspException;
import jakarta.servlet.jsp.tagext.JspFragment;
import jakarta.servlet.jsp.tagext.SimpleTagSupport;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Shows its body to the visitors of one variation: {@code <k:variation feature="spring-offer"
 * key="treatment">…</k:variation>}. Without a visitor the variation is {@code off}.
 *
 * <p>Reading decides the feature, and tracks the exposure, whether the body is shown or not: who
 * does not see the treatment is the control group.
 */
public final class VariationTag extends SimpleTagSupport {

  private String feature = "";
  private String key = "";

  /** Sets the feature's key; null, which a scriptlet's expression may be, names no feature. */
  public void setFeature(@Nullable String feature) {
    this.feature = requireNonNullElse(feature, "");
  }

  /** Sets the key of the variation that the body belongs to. */
  public void setKey(@Nullable String key) {
    this.key = requireNonNullElse(key, "");
  }

  @Override
  public void doTag() throws JspException, IOException {
    @Nullable JspFragment body = getJspBody();
    if (PageVisitor.variation(getJspContext(), feature).getKey().equals(key) && body != null) {
      body.invoke(null);
    }
  }
}
