package io.github.kameleoonservlet.benchmark.scale;

/** Thrown if the store returned a wrong result; the run fails. */
final class WrongResultException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WrongResultException(String message) {
    super(message);
  }
}
