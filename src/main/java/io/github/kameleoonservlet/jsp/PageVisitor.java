package io.github.kameleoonservlet.jsp;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import jakarta.servlet.jsp.JspContext;
import jakarta.servlet.jsp.PageContext;
import java.util.Optional;

/** Finds the visitor of the request that a page answers. */
final class PageVisitor {

  private PageVisitor() {}

  /**
   * The visitor, or empty when the filter is not there. Looks at the request only, as a page's own
   * variable of that name is not the visitor.
   */
  static Optional<Visitor> of(JspContext page) {
    return page.getAttribute(Visitor.ATTRIBUTE, PageContext.REQUEST_SCOPE) instanceof Visitor found
        ? Optional.of(found)
        : Optional.empty();
  }

  /** The visitor's variation of a feature, decided here if the page has not read it before. */
  static Variation variation(JspContext page, String feature) {
    return of(page)
        .map(visitor -> visitor.variation(feature))
        .orElseGet(() -> Variation.off(feature, Reason.UNRESOLVED));
  }
}
