package io.github.kameleoonservlet.internal.kameleoon;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The conversion of the SDK's variables to plain Java values.
 *
 * <p>SDK 4.5.0 returns JSON as {@code javax.json} objects, and an SDK moved to Jakarta returns
 * {@code jakarta.json} objects. This class works with both, because their objects and arrays are
 * {@code Map} and {@code List}, and {@code toString()} of any other {@code JsonValue} returns JSON
 * text.
 */
final class Variables {

  private static final int HEX = 16;
  private static final int UNICODE_DIGITS = 4;

  private Variables() {}

  /**
   * Converts the variables of a variation, or a JSON object.
   *
   * @return an unmodifiable copy in which JSON is {@code Map}, {@code List}, {@code String}, {@code
   *     Number} ({@code Integer}, {@code Long}, {@code BigInteger} or {@code Double}), {@code
   *     Boolean} and null
   */
  static Map<String, @Nullable Object> plain(Map<?, ?> variables) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    variables.forEach((key, value) -> plain.put(String.valueOf(key), plainValue(value)));
    return Collections.unmodifiableMap(plain);
  }

  private static @Nullable Object plainValue(@Nullable Object value) {
    if (value == null
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      return plain(map);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> plain = new ArrayList<>(list.size());
      list.forEach(element -> plain.add(plainValue(element)));
      return Collections.unmodifiableList(plain);
    }
    return literal(value.toString());
  }

  private static @Nullable Object literal(String json) {
    return switch (json) {
      case "null" -> null;
      case "true" -> true;
      case "false" -> false;
      default -> json.startsWith("\"") ? unquote(json) : number(json);
    };
  }

  private static Object number(String json) {
    if (json.chars().anyMatch(c -> c == '.' || c == 'e' || c == 'E')) {
      return Double.valueOf(json);
    }
    BigDecimal number = new BigDecimal(json);
    try {
      long value = number.longValueExact();
      int small = (int) value;
      return small == value ? (Object) small : (Object) value;
    } catch (ArithmeticException e) {
      return number.toBigInteger();
    }
  }

  private static String unquote(String json) {
    StringBuilder text = new StringBuilder(json.length());
    int end = json.length() - 1;
    int i = 1;
    while (i < end) {
      char c = json.charAt(i++);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char escaped = json.charAt(i++);
      switch (escaped) {
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        case 'u' -> {
          text.append((char) Integer.parseInt(json, i, i + UNICODE_DIGITS, HEX));
          i += UNICODE_DIGITS;
        }
        default -> text.append(escaped);
      }
    }
    return text.toString();
  }
}
