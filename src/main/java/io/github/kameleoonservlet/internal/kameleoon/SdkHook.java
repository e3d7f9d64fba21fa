package io.github.kameleoonservlet.internal.kameleoon;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An object of the library in a field of the SDK: the logger, or the targeting manager of a client.
 * A hook passes calls to the object that the hook replaced. Thread-safe, if the caller of {@link
 * #removedFrom} holds the lock of the field.
 *
 * <p>Several web applications may share one SDK, each with its own copy of this library. Their
 * hooks form a linked list that begins at the field. Any hook can be removed from the list, so that
 * the SDK does not keep the class loader of a stopped application. The copies of the library call
 * each other through JDK types only.
 *
 * @param <P> the type of the replaced object, perhaps with data to restore the field; a type of the
 *     JDK or of the SDK
 */
abstract class SdkHook<P> implements BiConsumer<Object, Object> {

  private volatile P replaced;

  SdkHook(P replaced) {
    this.replaced = replaced;
  }

  /** Returns the replaced object. */
  final P replaced() {
    return replaced;
  }

  /** Returns the object that the hook passes calls to. */
  abstract Object next(P now);

  /**
   * Removes this hook from the list.
   *
   * @param head the object in the SDK's field
   * @return whether this hook is the head; the caller must then store {@link #replaced()} in the
   *     field
   */
  final boolean removedFrom(@Nullable Object head) {
    if (head == this) {
      return true;
    }
    remove(head, this, replaced);
    return false;
  }

  /**
   * Removes the hook {@code gone} from the list behind this hook. {@code itsReplaced} takes its
   * place.
   */
  @Override
  @SuppressWarnings("unchecked") // the hooks of one field have the same type P
  public final void accept(Object gone, Object itsReplaced) {
    if (next(replaced) == gone) {
      replaced = (P) itsReplaced;
    } else {
      remove(next(replaced), gone, itsReplaced);
    }
  }

  @SuppressWarnings("unchecked") // every class of this name extends SdkHook, in any class loader
  private static void remove(@Nullable Object from, Object gone, Object itsReplaced) {
    // An application can set the field to null.
    if (from != null
        && from.getClass().getName().equals(gone.getClass().getName())
        && from instanceof BiConsumer<?, ?> hook) {
      ((BiConsumer<Object, Object>) hook).accept(gone, itsReplaced);
    }
  }
}
