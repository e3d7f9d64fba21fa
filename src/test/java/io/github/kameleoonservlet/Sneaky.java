package io.github.kameleoonservlet;

/** Throws what the compiler would not allow, as code in Kotlin or with Lombok does. */
public final class Sneaky {

  private Sneaky() {}

  /** Throws the fault, checked or not; returns never. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public static <R, T extends Throwable> R rethrow(Throwable fault) throws T {
    throw (T) fault;
  }
}
