package io.github.kameleoonservlet.installer;

/**
 * The place of an element in the text of its file. The numbers are indexes of characters.
 *
 * @param start the index of the start tag's {@code <}
 * @param startTagEnd the index after the start tag
 * @param end the index after the element
 */
record XmlSpan(int start, int startTagEnd, int end) {

  /** Returns whether the element consists of one tag, such as {@code <web-app/>}. */
  boolean isOneTag() {
    return startTagEnd == end;
  }
}
