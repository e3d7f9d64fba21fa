package io.github.kameleoonservlet.installer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes a small ZIP file in the form of ZIP64, which the JDK uses for large files only. */
final class Zip64 {

  private static final short VERSION = 45;
  private static final short DEFLATED = 8;
  private static final short HAS_DESCRIPTOR = 8;

  /** A day in 2011. */
  private static final int TIME = 0x3E642900;

  /** The value of a size that is in the extra field. */
  private static final int IN_EXTRA_FIELD = -1;

  private static final short EXTRA_LENGTH = 20;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final ByteArrayOutputStream list = new ByteArrayOutputStream();
  private final boolean isStream;

  private Zip64(boolean isStream) {
    this.isStream = isStream;
  }

  /**
   * Returns a ZIP file.
   *
   * @param isStream whether the sizes follow the content of each entry
   */
  static byte[] of(Map<String, byte[]> entries, boolean isStream, String comment) {
    Zip64 zip = new Zip64(isStream);
    entries.forEach(zip::add);
    zip.end(entries.size(), comment.getBytes(StandardCharsets.UTF_8));
    return zip.file.toByteArray();
  }

  private void add(String name, byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    int check = (int) crc.getValue();
    byte[] compressed = compressed(content);
    int place = file.size();

    file.writeBytes(buffer(4).putInt(0x04034B50).array());
    header(file, isStream ? 0 : check, name);
    file.writeBytes(name.getBytes(StandardCharsets.UTF_8));
    extra(file, isStream ? 0 : content.length, isStream ? 0 : compressed.length);
    file.writeBytes(compressed);
    if (isStream) {
      file.writeBytes(buffer(8).putInt(0x08074B50).putInt(check).array());
      file.writeBytes(buffer(16).putLong(compressed.length).putLong(content.length).array());
    }

    list.writeBytes(buffer(6).putInt(0x02014B50).putShort(VERSION).array());
    header(list, check, name);
    list.writeBytes(buffer(14).putInt(10, place).array());
    list.writeBytes(name.getBytes(StandardCharsets.UTF_8));
    extra(list, content.length, compressed.length);
  }

  private void header(ByteArrayOutputStream out, int check, String name) {
    short flags = isStream ? HAS_DESCRIPTOR : 0;
    out.writeBytes(buffer(6).putShort(VERSION).putShort(flags).putShort(DEFLATED).array());
    out.writeBytes(buffer(8).putInt(TIME).putInt(check).array());
    out.writeBytes(buffer(8).putInt(IN_EXTRA_FIELD).putInt(IN_EXTRA_FIELD).array());
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    out.writeBytes(buffer(4).putShort((short) length).putShort(EXTRA_LENGTH).array());
  }

  private static void extra(ByteArrayOutputStream out, long size, long compressed) {
    out.writeBytes(buffer(4).putShort((short) 1).putShort((short) 16).array());
    out.writeBytes(buffer(16).putLong(size).putLong(compressed).array());
  }

  private void end(int entries, byte[] comment) {
    int start = file.size();
    file.writeBytes(list.toByteArray());
    int end = file.size();
    file.writeBytes(buffer(12).putInt(0x06064B50).putLong(44).array());
    file.writeBytes(buffer(12).putShort(VERSION).putShort(VERSION).array());
    file.writeBytes(buffer(16).putLong(entries).putLong(entries).array());
    file.writeBytes(buffer(16).putLong(list.size()).putLong(start).array());
    file.writeBytes(buffer(20).putInt(0x07064B50).putInt(0).putLong(end).putInt(1).array());
    file.writeBytes(buffer(8).putInt(0x06054B50).array());
    file.writeBytes(buffer(4).putShort((short) -1).putShort((short) -1).array());
    file.writeBytes(buffer(8).putInt(IN_EXTRA_FIELD).putInt(IN_EXTRA_FIELD).array());
    file.writeBytes(buffer(2).putShort((short) comment.length).array());
    file.writeBytes(comment);
  }

  private static byte[] compressed(byte[] content) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(content);
    deflater.finish();
    byte[] buffer = new byte[content.length + 100];
    int length = deflater.deflate(buffer);
    deflater.end();
    return Arrays.copyOf(buffer, length);
  }

  private static ByteBuffer buffer(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
