package io.github.kameleoonservlet.internal.reconcile;

import io.github.kameleoonservlet.identity.StoreUnavailableException;
import java.util.function.BiConsumer;

/** Runs the decision against the links of the users. Thread-safe. */
public final class VisitorResolver {

  private final Reconciler reconciler;
  private final UserLinks links;
  private final BiConsumer<Claims, Reconciliation> observer;

  /** Takes what decides and what it is decided on. */
  public VisitorResolver(Reconciler reconciler, UserLinks links) {
    this(reconciler, links, (claims, answer) -> {});
  }

  /**
   * Creates a resolver with an observer of every result. The observer must be thread-safe and must
   * not throw.
   */
  public VisitorResolver(
      Reconciler reconciler, UserLinks links, BiConsumer<Claims, Reconciliation> observer) {
    this.reconciler = reconciler;
    this.links = links;
    this.observer = observer;
  }

  /**
   * Decides a request's code, and links the user when the decision says so. Never throws because of
   * the store: the answer is then unresolved.
   */
  public Reconciliation resolve(Claims claims) {
    Reconciliation answer = decide(claims);
    observer.accept(claims, answer);
    return answer;
  }

  private Reconciliation decide(Claims claims) {
    Step step = reconciler.begin(claims);
    try {
      while (true) {
        if (step instanceof Step.Done done) {
          return done.reconciliation();
        } else if (step instanceof Step.Find find) {
          step = reconciler.found(find, links.find(find.user()));
        } else {
          Step.Link link = (Step.Link) step;
          step = reconciler.linked(link, links.link(link.user(), link.code()));
        }
      }
    } catch (StoreUnavailableException e) {
      // The store logs its outages itself, once for each.
      return reconciler.unresolved(claims).reconciliation();
    }
  }
}
