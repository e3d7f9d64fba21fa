package io.github.kameleoonservlet.internal.http;

/** A visitor that the application does not read. */
final class UnreadVisitor implements ShownVisitor {

  static final UnreadVisitor INSTANCE = new UnreadVisitor();

  private UnreadVisitor() {}

  @Override
  public String codeForSdk() {
    throw new AssertionError("no call of the SDK is expected");
  }

  @Override
  public void droppedCookie(boolean deleted) {}
}
