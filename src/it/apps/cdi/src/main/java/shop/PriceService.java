package shop;

import io.github.kameleoonservlet.Visitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Lives longer than a request; the visitor that is injected is the one of the request under way.
 */
@ApplicationScoped
public class PriceService {

  @Inject Visitor visitor;

  /** The visitor and a decision, in one line. */
  public String describe() {
    return visitor.getCode() + " " + visitor.variation("free-shipping").getKey();
  }
}
