package io.github.kameleoonservlet.jsp;

import static java.util.Objects.requireNonNullElse;

import jakarta.servlet.jsp.JspException;
import jakarta.servlet.jsp.tagext.SimpleTagSupport;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Prints a variable of the visitor's variation, escaped for text and for quoted attributes: {@code
 * <k:variable feature="spring-offer" name="title" default="Welcome"/>}. A JSON variable is printed
 * as JSON text. Prints the default, escaped too, when the variation has no such variable or it is
 * null, and nothing without a default.
 *
 * <p>Reading decides the feature, and tracks the exposure.
 *
 * @since 0.1
 */
public final class VariableTag extends SimpleTagSupport {

  private String feature = "";
  private String name = "";
  private @Nullable String fallback;

  /** Sets the feature's key; null, which a scriptlet's expression may be, names no feature. */
  public void setFeature(@Nullable String feature) {
    this.feature = requireNonNullElse(feature, "");
  }

  /** Sets the variable's key. */
  public void setName(@Nullable String name) {
    this.name = requireNonNullElse(name, "");
  }

  /** Sets what is printed when there is no value; null prints nothing. */
  public void setDefault(@Nullable String fallback) {
    this.fallback = fallback;
  }

  @Override
  public void doTag() throws JspException, IOException {
    Object value = PageVisitor.variation(getJspContext(), feature).getVariables().get(name);
    if (value != null) {
      getJspContext().getOut().write(Escaped.html(JsonText.orPlain(value)));
    } else if (fallback != null) {
      getJspContext().getOut().write(Escaped.html(fallback));
    }
  }
}
