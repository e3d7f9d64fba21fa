package io.github.kameleoonservlet.internal.source;

import io.github.kameleoonservlet.internal.targeting.Geolocation;
import io.github.kameleoonservlet.internal.targeting.HeaderText;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The headers in which a proxy or CDN sends the visitor's place. A value that cannot be a name
 * counts as missing.
 *
 * @param country the header with the country's code (ISO 3166, two letters) or English name
 * @param region the header with the region's name, or null
 * @param city the header with the city's name, or null
 */
public record GeolocationHeaders(String country, @Nullable String region, @Nullable String city) {

  private static final int MAX_LENGTH = 100;

  /** The maximum length of an encoded name: three bytes for a character, each percent-encoded. */
  private static final int MAX_ENCODED = 9 * MAX_LENGTH;

  private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9]");
  private static final Set<String> COUNTRIES = countries();

  /** Returns the codes of ISO 3166, and Kosovo's, which all providers use. */
  private static Set<String> countries() {
    Set<String> codes = new HashSet<>(Set.of(Locale.getISOCountries()));
    codes.add("XK");
    return codes;
  }

  /** Returns the place of a request's sender; null if no country is known. */
  public @Nullable Geolocation read(HttpServletRequest request) {
    String name = countryName(name(request, country));
    return name == null ? null : new Geolocation(name, name(request, region), name(request, city));
  }

  /**
   * Returns the English name of a country; null for the codes that CDNs send for an unknown country
   * (XX) and for Tor (T1).
   */
  private static @Nullable String countryName(@Nullable String text) {
    if (text == null || !CODE.matcher(text).matches()) {
      return text;
    }
    String code = text.toUpperCase(Locale.ROOT);
    return COUNTRIES.contains(code) ? new Locale("", code).getDisplayCountry(Locale.ENGLISH) : null;
  }

  private static @Nullable String name(HttpServletRequest request, @Nullable String header) {
    String value = header == null ? null : request.getHeader(header);
    if (value == null || value.length() > MAX_ENCODED) {
      return null;
    }
    String name = percentDecoded(HeaderText.sent(value));
    if (name == null) {
      return null;
    }
    String stripped = name.strip();
    boolean readable =
        !stripped.isEmpty()
            && stripped.length() <= MAX_LENGTH
            && stripped.codePoints().noneMatch(GeolocationHeaders::isUnreadable);
    return readable ? stripped : null;
  }

  private static boolean isUnreadable(int c) {
    return Character.isISOControl(c) || !Character.isDefined(c) || c == '\uFFFD';
  }

  /** Returns the text decoded as CloudFront encodes it; null for another encoding. */
  private static @Nullable String percentDecoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%') {
        int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
        int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          return null;
        }
        decoded.put((byte) (high * 16 + low));
        i += 2;
      } else {
        decoded.put(bytes[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
