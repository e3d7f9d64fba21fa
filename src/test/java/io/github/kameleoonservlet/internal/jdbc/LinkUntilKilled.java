package io.github.kameleoonservlet.internal.jdbc;

import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Links users one after the other, and prints each number after the store has acknowledged the
 * link.
 */
final class LinkUntilKilled {

  private LinkUntilKilled() {}

  public static void main(String[] args) {
    JdbcVisitorCodeStore store =
        PatientOpening.open(
            JdbcDatabase.of(args[0], args.length > 1 ? args[1] : null, null, null),
            SchemaMode.CREATE);
    for (int i = 0; ; i++) {
      store.link(user(i), code(i));
      System.out.println("acknowledged " + i);
      System.out.flush();
    }
  }

  /** Starts this class in a separate JVM; {@code inputReader()} reads its output. */
  static Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LinkUntilKilled.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  static UserKey user(int number) {
    return new UserKey("%064x".formatted(number));
  }

  static VisitorCode code(int number) {
    return new VisitorCode("code" + number);
  }
}
