package io.github.kameleoonservlet.internal.reconcile;

import io.github.kameleoonservlet.identity.StoreUnavailableException;
import java.util.function.BiConsumer;

/** The runner of reconciliations against the links of users. Thread-safe. */
public final class VisitorResolver {

  private final Reconciler reconciler;
  private final UserLinks links;
  private final BiConsumer<Claims, Reconciliation> observer;
  private final boolean hides;

  /** Creates a resolver without an observer. */
  public VisitorResolver(Reconciler reconciler, UserLinks links) {
    this(reconciler, links, (claims, answer) -> {});
  }

  /**
   * Creates a resolver with an observer of every result. The observer must be thread-safe and must
   * not throw.
   */
  public VisitorResolver(
      Reconciler reconciler, UserLinks links, BiConsumer<Claims, Reconciliation> observer) {
    this(reconciler, links, observer, false);
  }

  private VisitorResolver(
      Reconciler reconciler,
      UserLinks links,
      BiConsumer<Claims, Reconciliation> observer,
      boolean hides) {
    this.reconciler = reconciler;
    this.links = links;
    this.observer = observer;
    this.hides = hides;
  }

  /**
   * Creates a resolver for a filter that only observes: the observer gets each result, and the
   * request gets a request-only one in its place.
   *
   * @param links the links of an {@link ObservedStore}
   */
  public static VisitorResolver hiding(
      Reconciler reconciler, UserLinks links, BiConsumer<Claims, Reconciliation> observer) {
    return new VisitorResolver(reconciler, links, observer, true);
  }

  /**
   * Decides a request's code, and links the user if the decision requires it. Does not throw if the
   * store fails: the result is then unresolved.
   */
  public Reconciliation resolve(Claims claims) {
    Reconciliation answer = decide(claims);
    observer.accept(claims, answer);
    return hides
        ? answer.hiddenBehind(reconciler.unresolved(claims).reconciliation().code())
        : answer;
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
      // The store logs each outage once.
      return reconciler.unresolved(claims).reconciliation();
    }
  }
}
