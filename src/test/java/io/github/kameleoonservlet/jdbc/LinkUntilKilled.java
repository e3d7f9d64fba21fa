package io.github.kameleoonservlet.jdbc;

import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;

/** Links one user after the other, and prints each number once it is acknowledged. */
final class LinkUntilKilled {

  private LinkUntilKilled() {}

  public static void main(String[] args) {
    JdbcVisitorCodeStore store =
        JdbcVisitorCodeStore.open(JdbcDatabase.of(args[0], null, null, null), SchemaMode.CREATE);
    for (int i = 0; ; i++) {
      store.link(user(i), code(i));
      System.out.println("acknowledged " + i);
      System.out.flush();
    }
  }

  static UserKey user(int number) {
    return new UserKey("%064x".formatted(number));
  }

  static VisitorCode code(int number) {
    return new VisitorCode("code" + number);
  }
}
