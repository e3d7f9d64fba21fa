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
 * <k:explain feature="spring-offer"/>}. Prints nothing without a visitor, or if the setting {@code
 * explainFor} does not include the user.
 *
 * <p>Tracks no exposure. Not thread-safe, like every tag.
 *
 * @since 0.1
 */
public final class ExplainTag extends SimpleTagSupport {

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

  /**
   * Prints the explanation.
   *
   * @throws IOException if the page's writer fails
   */
  @Override
  public void doTag() throws JspException, IOException {
    Optional<Visitor> visitor = PageVisitor.of(getJspContext()).filter(Visitor::isExplainable);
    if (visitor.isPresent()) {
      String text = visitor.get().explain(feature).toText();
      getJspContext().getOut().write("<pre>" + Escaped.html(text) + "</pre>");
    }
  }
}
