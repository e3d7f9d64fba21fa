package io.github.kameleoonservlet.benchmark.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.reconcile.UserKeys;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/** Users by number. The number determines id, key and code, so that each result can be checked. */
final class MadeUpUsers {

  private static final UserKeys KEYS = new UserKeys(Set.of(), null, null);
  private static final int HALF_OF_A_CODE = 8;

  private MadeUpUsers() {}

  static String id(long number) {
    return "user-" + number;
  }

  /** Returns the key that the library computes. */
  static UserKey key(long number) {
    return Objects.requireNonNull(KEYS.caller(id(number)).key());
  }

  /** Returns the user's code, 16 of a-z and 0-9 as the library draws them. */
  static VisitorCode code(long number) {
    return new VisitorCode(codeText(number));
  }

  private static String codeText(long number) {
    StringBuilder code = new StringBuilder(2 * HALF_OF_A_CODE);
    long first = mixed(number);
    for (long bits : new long[] {first, mixed(first)}) {
      long rest = bits;
      for (int i = 0; i < HALF_OF_A_CODE; i++) {
        code.append(Character.forDigit((int) Long.remainderUnsigned(rest, 36), 36));
        rest = Long.divideUnsigned(rest, 36);
      }
    }
    return code.toString();
  }

  /** Returns the value of SplitMix64, which returns no value twice. */
  static long mixed(long seed) {
    long z = seed + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Writes a file as another system would export its codes. */
  static void export(long users, Path csv) throws IOException {
    try (Writer out = Files.newBufferedWriter(csv, UTF_8)) {
      out.write("user_id,visitor_code\n");
      for (long number = 1; number <= users; number++) {
        out.write(id(number) + "," + codeText(number) + "\n");
      }
    }
  }
}
