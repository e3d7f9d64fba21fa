package io.github.kameleoonservlet.identity;

class InMemoryVisitorCodeStoreTest extends VisitorCodeStoreContract {

  private final VisitorCodeStore store = new InMemoryVisitorCodeStore();

  @Override
  protected VisitorCodeStore store() {
    return store;
  }
}
