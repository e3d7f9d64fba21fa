package io.github.kameleoonservlet.benchmark.scale;

/** The store gave a wrong answer: the run fails. */
final class WrongResultException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WrongResultException(String message) {
    super(message);
  }
}
