package io.github.kameleoonservlet.servlet;

/** Thrown if the library cannot work with an old jar of the application. */
final class OldJarException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OldJarException(LinkageError fault) {
    super(fault.toString(), fault);
  }
}
