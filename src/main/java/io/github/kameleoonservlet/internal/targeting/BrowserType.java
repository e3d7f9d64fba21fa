package io.github.kameleoonservlet.internal.targeting;

/** The browsers that a condition can ask for. Edge, Opera and Samsung Internet are CHROME. */
public enum BrowserType {
  CHROME,
  INTERNET_EXPLORER,
  FIREFOX,
  SAFARI,
  OPERA,
  OTHER
}
