package shop;

import io.github.kameleoonservlet.Visitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * A service that lives longer than a request; each call uses the visitor of the current request.
 */
@ApplicationScoped
public class PriceService {

  @Inject Visitor visitor;

  /** Returns the visitor and a decision, in one line. */
  public String describe() {
    return visitor.getCode() + " " + visitor.variation("free-shipping").getKey();
  }
}
