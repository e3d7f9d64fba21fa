package io.github.kameleoonservlet.internal.api;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object. A field with the value null counts as absent. Immutable. */
public final class ApiFields {

  private static final int MAX_NAME = 40;

  private final JsonObject object;
  private final String path;

  /**
   * Creates the fields of an object.
   *
   * @param path the prefix of field names in messages, for example {@code page.}, or an empty text
   * @param allowed the fields that the object may have
   * @throws Problem 400 if the object has another field
   */
  ApiFields(JsonObject object, String path, List<String> allowed) throws Problem {
    for (String field : object.keySet()) {
      if (!allowed.contains(field)) {
        throw new Problem(
            400,
            "Unknown field",
            "The field "
                + path
                + printable(field)
                + " is unknown. Allowed: "
                + allowed.stream().map(path::concat).collect(Collectors.joining(", "))
                + ".");
      }
    }
    this.object = object;
    this.path = path;
  }

  /**
   * Returns a shortened field name, in which question marks replace all characters that may need
   * escaping.
   */
  private static String printable(String field) {
    String name = field.replaceAll("[^A-Za-z0-9_.-]", "?");
    return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "...";
  }

  boolean absent(String field) {
    return !object.containsKey(field) || object.isNull(field);
  }

  /** Returns the text of a required field. */
  String anyText(String field) throws Problem {
    if (object.get(field) instanceof JsonString string) {
      return string.getString();
    }
    throw wrong(field, "a string");
  }

  /**
   * Returns the text of a required field.
   *
   * @throws Problem 400 if the field is absent, blank or no text
   */
  public String text(String field) throws Problem {
    String text = anyText(field);
    if (!text.isBlank()) {
      return text;
    }
    throw wrong(field, "a string");
  }

  /** Returns the text of a field; null if the field is absent or blank. */
  @Nullable String optionalText(String field) throws Problem {
    String text = absent(field) ? "" : anyText(field);
    return text.isBlank() ? null : text;
  }

  /** Returns the constant that a field names; null if the field is absent. */
  <E extends Enum<E>> @Nullable E optionalConstant(String field, Class<E> type) throws Problem {
    if (absent(field)) {
      return null;
    }
    if (object.get(field) instanceof JsonString name) {
      for (E constant : type.getEnumConstants()) {
        if (constant.name().equals(name.getString())) {
          return constant;
        }
      }
    }
    throw wrong(
        field,
        Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", ")));
  }

  /**
   * Returns the boolean of a required field.
   *
   * @throws Problem 400 if the field is absent or no boolean
   */
  public boolean truth(String field) throws Problem {
    JsonValue value = object.get(field);
    if (JsonValue.TRUE.equals(value) || JsonValue.FALSE.equals(value)) {
      return JsonValue.TRUE.equals(value);
    }
    throw wrong(field, "true or false");
  }

  /**
   * Returns the boolean of a field; false if the field is absent.
   *
   * @throws Problem 400 if the field is no boolean
   */
  public boolean optionalTruth(String field) throws Problem {
    return !absent(field) && truth(field);
  }

  /**
   * Returns the whole number of a required field.
   *
   * @throws Problem 400 if the field is absent or no whole number of 32 bits
   */
  public int wholeNumber(String field) throws Problem {
    if (object.get(field) instanceof JsonNumber number) {
      try {
        return number.bigDecimalValue().intValueExact();
      } catch (ArithmeticException e) {
        // The number has a fraction or is too large, see below.
      }
    }
    throw wrong(field, "a whole number");
  }

  /**
   * Returns the number of a field; 0 if the field is absent.
   *
   * @throws Problem 400 if the field is no number in the range of a float, which the SDK uses
   */
  public double optionalNumber(String field) throws Problem {
    if (absent(field)) {
      return 0;
    }
    if (object.get(field) instanceof JsonNumber number) {
      double value = number.doubleValue();
      if (Math.abs(value) <= Float.MAX_VALUE) {
        return value;
      }
    }
    throw wrong(field, "a number");
  }

  /**
   * Returns the object of a field; null if the field is absent.
   *
   * @param allowed the fields that the object may have
   */
  @Nullable ApiFields optionalObject(String field, String... allowed) throws Problem {
    if (absent(field)) {
      return null;
    }
    if (object.get(field) instanceof JsonObject found) {
      return new ApiFields(found, path + field + ".", List.of(allowed));
    }
    throw wrong(field, "an object");
  }

  /** Returns the error for a field, without the value. */
  Problem wrong(String field, String allowed) {
    return new Problem(
        400, "Wrong field", "The field " + path + field + " must be " + allowed + ".");
  }
}
