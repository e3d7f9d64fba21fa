package io.github.kameleoonservlet.internal.status;

/** The word for the state of the platform. */
final class PlatformState {

  private PlatformState() {}

  static String of(StatusSource source) {
    return source.parts().decisions().featureKeys().isEmpty() ? "NOT_READY" : "READY";
  }
}
