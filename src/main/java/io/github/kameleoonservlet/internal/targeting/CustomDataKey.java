package io.github.kameleoonservlet.internal.targeting;

/** The distinction between the index and the name of custom data. Pure functions. */
public final class CustomDataKey {

  /** An index of more digits does not exist. */
  private static final int MAX_DIGITS = 9;

  private CustomDataKey() {}

  /**
   * Returns whether a text is an index: a whole number from 0, without a sign and without leading
   * zeros.
   */
  public static boolean isIndex(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return length > 0 && length <= MAX_DIGITS && (length == 1 || text.charAt(0) != '0');
  }
}
