package io.github.kameleoonservlet.testing;

/** Throws undeclared checked exceptions, as code in Kotlin or with Lombok does. */
public final class Sneaky {

  private Sneaky() {}

  /** Throws the fault, checked or not; never returns. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public static <R, T extends Throwable> R rethrow(Throwable fault) throws T {
    throw (T) fault;
  }
}
