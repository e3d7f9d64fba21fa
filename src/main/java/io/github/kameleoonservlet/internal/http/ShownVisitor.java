package io.github.kameleoonservlet.internal.http;

/** The visitor of a request, for code of the application that handles the visitor cookie itself. */
public interface ShownVisitor {

  /**
   * Returns the code for a call of Kameleoon's SDK by the application, and marks the response as
   * one that shows the visitor.
   */
  String codeForSdk();

  /**
   * Notes that the application has written a visitor cookie, and that the library has dropped this
   * cookie.
   *
   * @param deleted whether the application has deleted the cookie. Otherwise the response shows the
   *     visitor
   */
  void droppedCookie(boolean deleted);
}
