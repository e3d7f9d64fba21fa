package io.github.kameleoonservlet.jsp;

import static java.util.Objects.requireNonNullElse;

import jakarta.servlet.jsp.JspException;
import jakarta.servlet.jsp.tagext.SimpleTagSupport;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The tag that prints a variable of the visitor's variation, escaped for text and for quoted
 * attributes: {@code <k:variable feature="spring-offer" name="title" default="Welcome"/>}. A JSON
 * variable is printed as JSON text. If the variation has no such variable or its value is null, the
 * tag prints the default, also escaped; without a default it prints nothing.
 *
 * <p>The tag decides the feature and tracks the exposure. Not thread-safe, like every tag.
 *
 * @since 0.1
 */
public final class VariableTag extends SimpleTagSupport {

  private String feature = "";
  private String name = "";
  private @Nullable String fallback;

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
   * Sets the attribute {@code name}, which is required.
   *
   * @param name the variable's key; null counts as a key that no variable has
   */
  public void setName(@Nullable String name) {
    this.name = requireNonNullElse(name, "");
  }

  /**
   * Sets the attribute {@code default}, which is optional.
   *
   * @param fallback the text for a variable without a value; null prints nothing
   */
  public void setDefault(@Nullable String fallback) {
    this.fallback = fallback;
  }

  /**
   * Prints the value or the default.
   *
   * @throws IOException if the page's writer fails
   */
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
