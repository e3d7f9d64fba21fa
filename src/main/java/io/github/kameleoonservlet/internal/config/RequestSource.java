package io.github.kameleoonservlet.internal.config;

import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.source.AttributePath;
import io.github.kameleoonservlet.internal.source.RequestValue;
import io.github.kameleoonservlet.internal.targeting.HeaderText;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parser of settings that take a value from each request. */
final class RequestSource {

  /** Credentials, which decisions must not use, and explanations must not show. */
  private static final Set<String> CREDENTIALS =
      Set.of(
          "header:cookie",
          "header:authorization",
          "header:proxy-authorization",
          "cookie:jsessionid",
          "cookie:session");

  /** A token (RFC 9110 section 5.6.2): the name of a header or cookie. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  private RequestSource() {}

  /**
   * Parses {@code session:…}, {@code request:…}, {@code header:…}, {@code cookie:…}, or a literal.
   *
   * @throws NotAllowedException if the path or the name after the colon is malformed
   */
  static RequestValue anywhere(String setting, String text) throws NotAllowedException {
    Function<IncomingRequest, @Nullable Object> source = attributeReader(text);
    if (source == null && hasName(text, "header:")) {
      source = header(text.substring("header:".length()));
    } else if (source == null && hasName(text, "cookie:")) {
      source = cookie(text.substring("cookie:".length()));
    }
    if (source == null) {
      if (Stream.of("session:", "request:", "header:", "cookie:").anyMatch(text::startsWith)) {
        throw new NotAllowedException(
            AttributePath.FORMS
                + ", header:<name>, cookie:<name>, or a literal; no header or cookie with"
                + " credentials");
      }
      source = request -> text;
    }
    return new RequestValue(setting, source);
  }

  /**
   * Parses {@code session:…} or {@code request:…}.
   *
   * @throws NotAllowedException for any other text
   */
  static RequestValue attribute(String setting, String text) throws NotAllowedException {
    Function<IncomingRequest, @Nullable Object> source = attributeReader(text);
    if (source == null) {
      throw new NotAllowedException(AttributePath.FORMS);
    }
    return new RequestValue(setting, source);
  }

  private static @Nullable Function<IncomingRequest, @Nullable Object> attributeReader(
      String text) {
    Function<HttpServletRequest, @Nullable Object> reader = AttributePath.reader(text);
    return reader == null ? null : request -> reader.apply(request.servletRequest());
  }

  /**
   * Parses the name of a header.
   *
   * @throws NotAllowedException if no header can have this name
   */
  static String headerName(String setting, String text) throws NotAllowedException {
    if (!TOKEN.matcher(text).matches()) {
      throw new NotAllowedException("the name of a header, such as CloudFront-Viewer-City");
    }
    return text;
  }

  private static boolean hasName(String text, String kind) {
    return text.startsWith(kind)
        && !CREDENTIALS.contains(text.toLowerCase(Locale.ROOT))
        && TOKEN.matcher(text.substring(kind.length())).matches();
  }

  private static Function<IncomingRequest, @Nullable Object> header(String name) {
    return request -> {
      String value = request.servletRequest().getHeader(name);
      return value == null ? null : HeaderText.sent(value);
    };
  }

  private static Function<IncomingRequest, @Nullable Object> cookie(String name) {
    return request -> {
      List<String> values = request.cookies().values(name);
      return values.isEmpty() ? null : HeaderText.sent(values.get(0));
    };
  }
}
