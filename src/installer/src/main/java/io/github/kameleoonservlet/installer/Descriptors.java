package io.github.kameleoonservlet.installer;

import java.util.StringJoiner;

/** The descriptors of fields and methods (JVMS 4.3) in the form of messages. */
final class Descriptors {

  private Descriptors() {}

  /**
   * Returns the name of a field, or the name of a method with the simple names of its parameters:
   * {@code sha256Hex(String)}. A broken descriptor stays as it is.
   *
   * @param member the name with its descriptor
   */
  static String readable(String member) {
    int start = member.indexOf('(');
    if (start < 0) {
      return member.replaceFirst("(?:\\[*L[^;]*;|\\[*[BCDFIJSZ])$", "");
    }
    try {
      return member.substring(0, start) + "(" + parameters(member, start + 1) + ")";
    } catch (IndexOutOfBoundsException e) {
      return member;
    }
  }

  private static String parameters(String member, int start) {
    StringJoiner parameters = new StringJoiner(", ");
    int at = start;
    while (member.charAt(at) != ')') {
      int arrays = 0;
      while (member.charAt(at) == '[') {
        arrays++;
        at++;
      }
      int end = member.charAt(at) == 'L' ? member.indexOf(';', at) + 1 : at + 1;
      parameters.add(type(member.substring(at, end)) + "[]".repeat(arrays));
      at = end;
    }
    return parameters.toString();
  }

  private static String type(String descriptor) {
    return switch (descriptor.charAt(0)) {
      case 'B' -> "byte";
      case 'C' -> "char";
      case 'D' -> "double";
      case 'F' -> "float";
      case 'I' -> "int";
      case 'J' -> "long";
      case 'S' -> "short";
      case 'Z' -> "boolean";
      default ->
          descriptor.substring(
              Math.max(descriptor.lastIndexOf('/'), 0) + 1, descriptor.length() - 1);
    };
  }
}
