package io.github.kameleoonservlet.jsp;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import jakarta.servlet.jsp.JspContext;
import jakarta.servlet.jsp.PageContext;
import java.util.Optional;

/** The access to the visitor of a page's request. Pure functions. */
final class PageVisitor {

  private PageVisitor() {}

  /**
   * Returns the visitor; empty if the filter does not run for the page. Reads the request only,
   * because a variable of the page with the same name is not the visitor.
   */
  static Optional<Visitor> of(JspContext page) {
    return page.getAttribute(Visitor.ATTRIBUTE, PageContext.REQUEST_SCOPE) instanceof Visitor found
        ? Optional.of(found)
        : Optional.empty();
  }

  /**
   * Returns the visitor's variation of a feature. The first read of a request decides the feature.
   */
  static Variation variation(JspContext page, String feature) {
    return of(page)
        .map(visitor -> visitor.variation(feature))
        .orElseGet(() -> Variation.off(feature, Reason.UNRESOLVED));
  }
}
