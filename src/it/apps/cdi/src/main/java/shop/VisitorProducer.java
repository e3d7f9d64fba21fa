package shop;

import io.github.kameleoonservlet.Visitor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.servlet.http.HttpServletRequest;

@ApplicationScoped
public class VisitorProducer {

  @Produces
  @RequestScoped
  public Visitor visitor(HttpServletRequest request) {
    return (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
  }
}
