package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.identity.VisitorCode;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the body of an API call, and refuses what is not of its form. */
final class ApiRequest {

  /** The most bytes that a body may have. */
  static final int MAX_BYTES = 8 * 1024;

  private final JsonObject body;

  private ApiRequest(JsonObject body) {
    this.body = body;
  }

  /**
   * Reads the JSON object of a request.
   *
   * @throws Problem 413, 415 or 400
   */
  static ApiRequest read(HttpServletRequest request, BrowserRequest browser) throws Problem {
    requireMediaType(request, browser);
    if (request.getContentLengthLong() > MAX_BYTES) {
      throw tooLarge();
    }
    byte[] bytes = bytes(request);
    if (bytes.length > MAX_BYTES) {
      throw tooLarge();
    }
    return new ApiRequest(parse(bytes));
  }

  private static byte[] bytes(HttpServletRequest request) throws Problem {
    try {
      return request.getInputStream().readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      // Cut off, or not chunked as it says. An exception would end in the server's error page.
      // Tomcat has refused it itself by then, but would make a 500 of it on account of this.
      request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
      throw new Problem(400, "Unreadable body", "The body must arrive whole.");
    }
  }

  private static void requireMediaType(HttpServletRequest request, BrowserRequest browser)
      throws Problem {
    String header = request.getContentType();
    String type = header == null ? "" : header;
    int parameters = type.indexOf(';');
    type = (parameters < 0 ? type : type.substring(0, parameters)).trim().toLowerCase(Locale.ROOT);
    boolean json = type.equals("application/json") || type.endsWith("+json");
    // A page's fetch with a string body says text/plain; from elsewhere no preflight guards it.
    if (!json && !(type.equals("text/plain") && browser.sameOrigin(request))) {
      throw new Problem(
          415,
          "Unsupported media type",
          "Send application/json; text/plain is taken from pages of the same origin only.");
    }
  }

  private static JsonObject parse(byte[] bytes) throws Problem {
    try {
      // The JSON parser would put replacement characters in place of bad bytes, and guess UTF-16.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      try (JsonParser parser = Json.createParser(new StringReader(text))) {
        if (parser.next() == JsonParser.Event.START_OBJECT) {
          JsonObject object = parser.getObject();
          // A reader would not look at what follows.
          if (!parser.hasNext()) {
            return object;
          }
        }
      }
    } catch (RuntimeException | StackOverflowError | CharacterCodingException e) {
      // Parsson throws a bare RuntimeException for input that is nested too deeply; Johnzon and the
      // old reference implementation have no limit but the stack.
    }
    throw new Problem(400, "Malformed JSON", "The body must be one JSON object in UTF-8.");
  }

  private static Problem tooLarge() {
    return new Problem(413, "Body too large", "At most " + MAX_BYTES + " bytes are allowed.");
  }

  /** The valid code of a field that must be there. */
  VisitorCode visitorCode(String field) throws Problem {
    return code(text(field));
  }

  /** The valid code of a field, or null when the field is absent or null. */
  @Nullable VisitorCode optionalVisitorCode(String field) throws Problem {
    return absent(field) ? null : code(text(field));
  }

  private static VisitorCode code(String text) throws Problem {
    return VisitorCode.parse(text)
        .orElseThrow(
            () ->
                new Problem(
                    422,
                    "Not a visitor code",
                    "1 to "
                        + VisitorCode.MAX_LENGTH
                        + " of "
                        + VisitorCode.CHARACTERS
                        + " are allowed, but not null, undefined, NaN, true or false."));
  }

  /** The text of a field that must be there and not be blank. */
  String text(String field) throws Problem {
    if (body.get(field) instanceof JsonString string && !string.getString().isBlank()) {
      return string.getString();
    }
    throw wrong(field, "a string");
  }

  /** The truth of a field that must be there. */
  boolean truth(String field) throws Problem {
    JsonValue value = body.get(field);
    if (JsonValue.TRUE.equals(value) || JsonValue.FALSE.equals(value)) {
      return JsonValue.TRUE.equals(value);
    }
    throw wrong(field, "true or false");
  }

  /** The truth of a field, false when it is absent or null. */
  boolean optionalTruth(String field) throws Problem {
    return !absent(field) && truth(field);
  }

  /** The whole number of a field that must be there. */
  int wholeNumber(String field) throws Problem {
    if (body.get(field) instanceof JsonNumber number) {
      try {
        return number.bigDecimalValue().intValueExact();
      } catch (ArithmeticException e) {
        // Said below.
      }
    }
    throw wrong(field, "a whole number");
  }

  /** The finite number of a field, 0 when it is absent or null. */
  double optionalNumber(String field) throws Problem {
    if (absent(field)) {
      return 0;
    }
    if (body.get(field) instanceof JsonNumber number) {
      double value = number.doubleValue();
      // The platform's SDK takes a float.
      if (Math.abs(value) <= Float.MAX_VALUE) {
        return value;
      }
    }
    throw wrong(field, "a number");
  }

  private boolean absent(String field) {
    return !body.containsKey(field) || body.isNull(field);
  }

  private static Problem wrong(String field, String allowed) {
    return new Problem(400, "Wrong field", "The field " + field + " must be " + allowed + ".");
  }
}
