package io.github.kameleoonservlet.servlet;

import org.jspecify.annotations.Nullable;

/**
 * Decides what ends at a seam to the application's code. Any {@code Throwable} can come from it,
 * whatever its signatures say: Kotlin throws checked exceptions anywhere.
 */
final class ApplicationFault {

  private ApplicationFault() {}

  /**
   * Returns when the caller can go on without the application's answer, and sets the interrupt that
   * an {@link InterruptedException} has cleared.
   *
   * @throws VirtualMachineError when the fault is one: the JVM is in trouble, not the application
   */
  static void survive(@Nullable Throwable fault) {
    if (fault instanceof VirtualMachineError error) {
      throw error;
    }
    if (fault instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
  }
}
