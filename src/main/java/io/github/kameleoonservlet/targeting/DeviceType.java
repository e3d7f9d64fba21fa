package io.github.kameleoonservlet.targeting;

/** The kinds of devices that a condition can ask for. */
public enum DeviceType {
  PHONE,
  TABLET,
  DESKTOP
}
