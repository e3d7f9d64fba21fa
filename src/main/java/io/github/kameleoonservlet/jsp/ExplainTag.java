package io.github.kameleoonservlet.jsp;

import static java.util.Objects.requireNonNullElse;

import io.github.kameleoonservlet.Visitor;
import jakarta.servlet.jsp.JspException;
import jakarta.servlet.jsp.tagext.SimpleTagSupport;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tag that prints why the visitor has a variation, escaped, in a {@code <pre>}: {@code
 * <k:explain feature="spring-offer"/>}. Prints nothing for users whom the setting {@code
 * explainFor} does not allow, and nothing without a visitor.
 *
 * <p>Tracks no exposure.
 *
 * @since 0.1
 */
public final class ExplainTag extends SimpleTagSupport {

  private String feature = "";

  /** Sets the feature's key; null, which a scriptlet's expression may be, names no feature. */
  public void setFeature(@Nullable String feature) {
    this.feature = requireNonNullElse(feature, "");
  }

  @Override
  public void doTag() throws JspException, IOException {
    Optional<Visitor> visitor = PageVisitor.of(getJspContext()).filter(Visitor::isExplainable);
    if (visitor.isPresent()) {
      String text = visitor.get().explain(feature).toText();
      getJspContext().getOut().write("<pre>" + Escaped.html(text) + "</pre>");
    }
  }
}
