package io.github.kameleoonservlet.internal.api;

import io.github.kameleoonservlet.internal.http.RequestKind;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonParser;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The parser of an API call's body. Reads the input stream or, if a filter in front of this library
 * has called {@code getReader()}, the reader. Thread-safe.
 */
final class ApiBody {

  /** The maximum length of a body in bytes. */
  static final int MAX_BYTES = 8 * 1024;

  private static final char REPLACEMENT = '\uFFFD';

  private ApiBody() {}

  /**
   * Reads the body of a request as one JSON object.
   *
   * @throws Problem 413 if the body is too large, 415 for another media type, 400 for other faults
   */
  static JsonObject read(HttpServletRequest request, RequestKind kind) throws Problem {
    requireMediaType(request, kind);
    if (request.getContentLengthLong() > MAX_BYTES) {
      throw tooLarge();
    }
    byte[] bytes = bytes(request);
    if (bytes.length > MAX_BYTES) {
      throw tooLarge();
    }
    JsonObject object = parse(bytes);
    if (object == null) {
      // The length only distinguishes two errors. A filter may have decompressed the body, and the
      // header then contains the compressed length.
      throw bytes.length == 0 || bytes.length < request.getContentLengthLong()
          ? incomplete()
          : malformed();
    }
    return object;
  }

  /**
   * Returns whether a request has a body. Reads the first byte if no header shows the length, as in
   * HTTP/2.
   */
  static boolean isPresent(HttpServletRequest request) {
    if (request.getHeader("Transfer-Encoding") != null) {
      return true;
    }
    long length = request.getContentLengthLong();
    if (length >= 0) {
      return length > 0;
    }
    try {
      ServletInputStream stream = streamIfFree(request);
      return (stream == null ? request.getReader().read() : stream.read()) >= 0;
    } catch (IOException | IllegalStateException e) {
      request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
      return true;
    }
  }

  private static void requireMediaType(HttpServletRequest request, RequestKind kind)
      throws Problem {
    String header = request.getContentType();
    String type = header == null ? "" : header;
    int parameters = type.indexOf(';');
    type = (parameters < 0 ? type : type.substring(0, parameters)).trim().toLowerCase(Locale.ROOT);
    boolean json = type.equals("application/json") || type.endsWith("+json");
    // fetch() with a text as body sends text/plain. Pages of other origins can send text/plain
    // without a preflight request, so that only the same origin is accepted.
    if (!json && !(type.equals("text/plain") && kind.isSameOrigin())) {
      throw new Problem(
          415,
          "Unsupported media type",
          "Send application/json; text/plain is accepted from pages of the same origin only.");
    }
  }

  private static byte[] bytes(HttpServletRequest request) throws Problem {
    try {
      ServletInputStream stream = streamIfFree(request);
      return stream == null
          ? bytes(request.getReader(), request.getCharacterEncoding())
          : stream.readNBytes(MAX_BYTES + 1);
    } catch (IOException | IllegalStateException e) {
      // An exception would lead to the container's error page. Tomcat has already answered an
      // incomplete body, and this attribute would change the answer to 500.
      request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
      throw incomplete();
    }
  }

  private static @Nullable ServletInputStream streamIfFree(HttpServletRequest request)
      throws IOException {
    try {
      return request.getInputStream();
    } catch (IllegalStateException e) {
      return null;
    }
  }

  /**
   * Returns the bytes of a decoded body. Without a charset in the request, a reader decodes ISO
   * 8859-1 (Servlet 6.0 section 3.12), which keeps each byte of UTF-8.
   */
  private static byte[] bytes(Reader reader, @Nullable String encoding)
      throws IOException, Problem {
    char[] chars = new char[MAX_BYTES + 1];
    int length = 0;
    for (int read = 0; read >= 0 && length < chars.length; length += Math.max(read, 0)) {
      read = reader.read(chars, length, chars.length - length);
    }
    String text = new String(chars, 0, length);
    if (text.indexOf(REPLACEMENT) >= 0) {
      throw malformed();
    }
    try {
      Charset charset = encoding == null ? StandardCharsets.ISO_8859_1 : Charset.forName(encoding);
      ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException | IllegalArgumentException e) {
      // The filter's reader has decoded another charset than the request names.
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  private static @Nullable JsonObject parse(byte[] bytes) {
    try {
      // The JSON parser would accept invalid bytes, and would guess UTF-16.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      try (JsonParser parser = Json.createParser(new StringReader(text))) {
        if (parser.next() == JsonParser.Event.START_OBJECT) {
          JsonObject object = parser.getObject();
          // A JsonReader would ignore text behind the object.
          if (!parser.hasNext()) {
            return object;
          }
        }
      }
    } catch (RuntimeException | StackOverflowError | CharacterCodingException e) {
      // For deeply nested input Parsson throws RuntimeException, but Johnzon and the old reference
      // implementation overflow the stack.
    }
    return null;
  }

  private static Problem malformed() {
    return new Problem(400, "Malformed JSON", "The body must be one JSON object in UTF-8.");
  }

  private static Problem incomplete() {
    return new Problem(
        400,
        "Unreadable body",
        "The body is empty or incomplete: the connection broke, or a filter in front"
            + " of the API has read the body.");
  }

  private static Problem tooLarge() {
    return new Problem(413, "Body too large", "At most " + MAX_BYTES + " bytes are allowed.");
  }
}
