package io.github.kameleoonservlet.internal.kameleoon;

import java.util.function.BiConsumer;

/**
 * An object of the library in a place of the SDK that has room for one object: the logger, or the
 * targeting manager of a client. It passes calls to the object that it replaced. Thread-safe, if
 * the caller of {@link #removedFrom} holds the lock of the place.
 *
 * <p>Several web applications may share one SDK, each with its own copy of this library. Their
 * hooks form a list that begins at the place: a hook that is removed, wherever it stands, leaves
 * the others in place, and the SDK does not keep the class loader of a stopped application. The
 * copies call each other by JDK types only.
 *
 * @param <P> the replaced object, and whatever the place needs to get it back; a type of the JDK or
 *     of the SDK
 */
abstract class SdkHook<P> implements BiConsumer<Object, Object> {

  private volatile P replaced;

  SdkHook(P replaced) {
    this.replaced = replaced;
  }

  /** Returns what the hook has replaced, and calls next. */
  final P replaced() {
    return replaced;
  }

  /** Returns the object that the hook calls next. */
  abstract Object next(P now);

  /**
   * Removes this hook from the list.
   *
   * @param head the object that is in the place
   * @return whether this hook is the head, so that the caller must put {@link #replaced()} there
   */
  final boolean removedFrom(Object head) {
    if (head == this) {
      return true;
    }
    remove(head, this, replaced);
    return false;
  }

  /** Removes a hook behind this one; {@code itsReplaced} is what that hook has replaced. */
  @Override
  @SuppressWarnings("unchecked") // the hooks of one place have the same type P
  public final void accept(Object gone, Object itsReplaced) {
    if (next(replaced) == gone) {
      replaced = (P) itsReplaced;
    } else {
      remove(next(replaced), gone, itsReplaced);
    }
  }

  @SuppressWarnings("unchecked") // every class of this name extends SdkHook, in any class loader
  private static void remove(Object from, Object gone, Object itsReplaced) {
    if (from.getClass().getName().equals(gone.getClass().getName())
        && from instanceof BiConsumer<?, ?> hook) {
      ((BiConsumer<Object, Object>) hook).accept(gone, itsReplaced);
    }
  }
}
