package io.github.kameleoonservlet.installer;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The encoding of an XML file, by its byte order mark and its declaration (XML 1.0, appendix F).
 *
 * @param charset decodes and encodes what follows the byte order mark; writes no mark itself
 * @param markLength the number of bytes of the byte order mark, 0 without a mark
 */
record XmlEncoding(Charset charset, int markLength) {

  private static final Pattern DECLARATION =
      Pattern.compile("^<\\?xml\\s[^>]*?\\bencoding\\s*=\\s*[\"']([^\"']+)[\"']");

  /** No declaration is longer. */
  private static final int DECLARATION_BYTES = 400;

  /** One of the EBCDIC encodings. All of them have the characters of a declaration in common. */
  private static final String EBCDIC = "IBM037";

  static XmlEncoding of(byte[] file) throws RefusedException {
    if (startsWith(file, 0xEF, 0xBB, 0xBF)) {
      return marked(file, StandardCharsets.UTF_8, 3);
    }
    if (startsWith(file, 0xFE, 0xFF)) {
      return new XmlEncoding(StandardCharsets.UTF_16BE, 2);
    }
    if (startsWith(file, 0xFF, 0xFE)) {
      return new XmlEncoding(StandardCharsets.UTF_16LE, 2);
    }
    if (startsWith(file, 0, '<', 0, '?')) {
      return new XmlEncoding(StandardCharsets.UTF_16BE, 0);
    }
    if (startsWith(file, '<', 0, '?', 0)) {
      return new XmlEncoding(StandardCharsets.UTF_16LE, 0);
    }
    boolean ebcdic = startsWith(file, 0x4C, 0x6F, 0xA7, 0x94);
    Charset declared =
        declared(file, 0, ebcdic ? Charset.forName(EBCDIC) : StandardCharsets.ISO_8859_1);
    return new XmlEncoding(declared == null ? StandardCharsets.UTF_8 : declared, 0);
  }

  private static XmlEncoding marked(byte[] file, Charset charset, int length)
      throws RefusedException {
    Charset declared = declared(file, length, StandardCharsets.ISO_8859_1);
    if (declared != null && !declared.equals(charset)) {
      throw new RefusedException(
          "WEB-INF/web.xml has the byte order mark of "
              + charset
              + ", but declares the encoding "
              + declared
              + ". Correct the declaration.");
    }
    return new XmlEncoding(charset, length);
  }

  private static @Nullable Charset declared(byte[] file, int from, Charset family)
      throws RefusedException {
    int to = Math.min(file.length, from + DECLARATION_BYTES);
    Matcher matcher = DECLARATION.matcher(new String(Arrays.copyOfRange(file, from, to), family));
    if (!matcher.find()) {
      return null;
    }
    try {
      return Charset.forName(matcher.group(1));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      throw new RefusedException(
          "WEB-INF/web.xml declares the encoding "
              + matcher.group(1)
              + ", which this Java does not know.",
          unknown);
    }
  }

  private static boolean startsWith(byte[] file, int... bytes) {
    if (file.length < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if ((file[i] & 0xFF) != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
