package io.github.kameleoonservlet.internal.targeting;

/** The kinds of devices that a condition can ask for. */
public enum DeviceType {
  PHONE,
  TABLET,
  DESKTOP
}
