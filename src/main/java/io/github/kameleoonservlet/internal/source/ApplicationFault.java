package io.github.kameleoonservlet.internal.source;

import org.jspecify.annotations.Nullable;

/**
 * Decides which faults of the application's code the library catches. That code can throw any
 * {@code Throwable}, also undeclared ones: Kotlin throws checked exceptions anywhere.
 */
public final class ApplicationFault {

  private ApplicationFault() {}

  /** Returns class and place of a fault, without its message, which could name the user. */
  public static String place(Throwable fault) {
    StackTraceElement[] trace = fault.getStackTrace();
    return fault.getClass().getName()
        + " at "
        + (trace.length == 0 ? "an unknown place" : trace[0]);
  }

  /**
   * Returns if the caller can continue without the application's result. Sets the interrupt flag
   * again that an {@link InterruptedException} has cleared.
   *
   * @throws VirtualMachineError if the fault is one: then the JVM has failed, not the application
   */
  public static void survive(@Nullable Throwable fault) {
    if (fault instanceof VirtualMachineError error) {
      throw error;
    }
    if (fault instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
  }
}
