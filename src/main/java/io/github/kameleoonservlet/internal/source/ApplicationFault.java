package io.github.kameleoonservlet.internal.source;

import org.jspecify.annotations.Nullable;

/**
 * The handling of faults in the application's code, which can throw any {@code Throwable}. Kotlin,
 * for example, throws undeclared checked exceptions. Thread-safe.
 */
public final class ApplicationFault {

  private ApplicationFault() {}

  /**
   * Returns class and place of a fault. The message is left out, because the message could name the
   * user.
   */
  public static String place(Throwable fault) {
    StackTraceElement[] trace = fault.getStackTrace();
    return fault.getClass().getName()
        + " at "
        + (trace.length == 0 ? "an unknown place" : trace[0]);
  }

  /**
   * Returns normally if the caller can continue without the application's result. For an {@link
   * InterruptedException}, sets the thread's interrupt flag again.
   *
   * @throws VirtualMachineError if the fault is such an error, because the JVM has then failed
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
