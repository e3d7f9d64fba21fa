package io.github.kameleoonservlet.installer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.List;

/** The text of an XML file, and the bytes that the text was decoded from. Immutable. */
final class XmlText {

  private final byte[] file;
  private final XmlEncoding encoding;
  private final String text;

  private XmlText(byte[] file, XmlEncoding encoding, String text) {
    this.file = file;
    this.encoding = encoding;
    this.text = text;
  }

  static XmlText of(byte[] file) throws RefusedException {
    XmlEncoding encoding = XmlEncoding.of(file);
    try {
      String text =
          encoding
              .charset()
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(file).position(encoding.markLength()))
              .toString();
      return new XmlText(file, encoding, text);
    } catch (CharacterCodingException e) {
      throw new RefusedException(
          "WEB-INF/web.xml contains bytes that are not " + encoding.charset() + ".", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }

  /**
   * Returns the bytes of this file with texts inserted. Every byte of this file stays as it is.
   *
   * @param insertions in the order of their places
   * @throws RefusedException if the encoding has several byte sequences for one text and the file
   *     does not use the one that Java writes, so that a place in the text is no place in the bytes
   */
  byte[] with(List<Insertion> insertions) throws RefusedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int from = 0;
    for (Insertion insertion : insertions) {
      int to = bytesBefore(insertion.at());
      bytes.write(file, from, to - from);
      bytes.writeBytes(encodable(insertion.text()).getBytes(encoding.charset()));
      from = to;
    }
    bytes.write(file, from, file.length - from);
    return bytes.toByteArray();
  }

  /**
   * Replaces each character that the encoding lacks with its character reference. A character that
   * comes back as another one is lacking, such as the yen sign in Java's Shift_JIS.
   */
  private String encodable(String inserted) {
    StringBuilder encodable = new StringBuilder();
    inserted.codePoints().forEach(codePoint -> encodable.append(encodable(codePoint)));
    return encodable.toString();
  }

  private String encodable(int codePoint) {
    String character = Character.toString(codePoint);
    String back = new String(character.getBytes(encoding.charset()), encoding.charset());
    return back.equals(character) ? character : "&#" + codePoint + ";";
  }

  private int bytesBefore(int at) throws RefusedException {
    byte[] before = text.substring(0, at).getBytes(encoding.charset());
    int length = encoding.markLength() + before.length;
    if (length > file.length
        || !Arrays.equals(file, encoding.markLength(), length, before, 0, before.length)) {
      throw new RefusedException(
          "WEB-INF/web.xml is not written as Java writes "
              + encoding.charset()
              + ". Convert the file to UTF-8.");
    }
    return length;
  }

  /** A text to insert before the character {@code at} of the file's text. */
  record Insertion(int at, String text) {}
}
