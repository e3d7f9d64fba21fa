package io.github.kameleoonservlet.internal.targeting;

/** The operating systems that a condition can ask for. */
public enum OperatingSystem {
  WINDOWS,
  MAC,
  IOS,
  LINUX,
  ANDROID,
  WINDOWS_PHONE
}
