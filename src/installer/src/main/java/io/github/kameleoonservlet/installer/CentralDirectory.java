package io.github.kameleoonservlet.installer;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The list of entries at the end of a ZIP file (APPNOTE 4.3.12). The JDK's ZIP file system writes a
 * new list: each entry gets a time in UTC, which depends on the time zone of the machine. This
 * class restores the times and extra fields of the entries that the command does not change.
 */
final class CentralDirectory {

  private static final int END_SIGNATURE = 0x06054B50;
  private static final int END_LENGTH = 22;

  /** The place of the length of the comment, which the comment follows. */
  private static final int END_COMMENT = 20;

  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final int HEADER_LENGTH = 46;
  private static final int TIMES = 12;
  private static final int TIMES_LENGTH = 4;
  private static final int NAME_LENGTH = 28;
  private static final int EXTRA_LENGTH = 30;
  private static final int COMMENT_LENGTH = 32;
  private static final int ZIP64 = 1;

  private final long start;
  private final byte[] end;
  private final Map<String, byte[]> records;

  private CentralDirectory(long start, byte[] end, Map<String, byte[]> records) {
    this.start = start;
    this.end = end;
    this.records = records;
  }

  /**
   * Restores the entries. A file in the form of ZIP64 stays as it is.
   *
   * @param result the written file
   * @param written the names of the files that the command wrote
   */
  static void restore(Path result, Path original, Set<String> written) throws IOException {
    CentralDirectory before;
    try (SeekableByteChannel file = Files.newByteChannel(original)) {
      before = read(file);
    }
    Set<String> changed = written.stream().map(CentralDirectory::key).collect(Collectors.toSet());
    try (SeekableByteChannel file =
        Files.newByteChannel(result, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      CentralDirectory after = read(file);
      if (before != null && after != null) {
        ByteArrayOutputStream restored = new ByteArrayOutputStream();
        after.records.forEach(
            (name, record) -> {
              byte[] old = changed.contains(name) ? null : before.records.get(name);
              restored.writeBytes(old == null ? record : restored(record, old));
            });
        int length = restored.size();
        restored.writeBytes(end(after.end, length, before.end));
        file.position(after.start);
        ByteBuffer rest = ByteBuffer.wrap(restored.toByteArray());
        while (rest.hasRemaining()) {
          file.write(rest);
        }
        file.truncate(after.start + restored.size());
      }
    }
  }

  /** Returns a new record with the times and the extra field of the old one. */
  private static byte[] restored(byte[] record, byte[] old) {
    if (isZip64(record) || isZip64(old)) {
      return record;
    }
    byte[] extra = extra(old);
    int name = length(record, NAME_LENGTH);
    int comment = HEADER_LENGTH + name + length(record, EXTRA_LENGTH);
    byte[] bytes = new byte[record.length - length(record, EXTRA_LENGTH) + extra.length];
    ByteBuffer result = buffer(bytes);
    result.put(record, 0, HEADER_LENGTH + name).put(extra);
    result.put(record, comment, record.length - comment);
    result.put(TIMES, old, TIMES, TIMES_LENGTH);
    result.putShort(EXTRA_LENGTH, (short) extra.length);
    return bytes;
  }

  /** Returns the new end with the comment of the old one, which the JDK drops. */
  private static byte[] end(byte[] end, int length, byte[] old) {
    byte[] bytes = Arrays.copyOf(end, old.length);
    System.arraycopy(old, END_COMMENT, bytes, END_COMMENT, old.length - END_COMMENT);
    buffer(bytes).putInt(12, length);
    return bytes;
  }

  private static boolean isZip64(byte[] record) {
    ByteBuffer extra = buffer(extra(record));
    while (extra.remaining() >= 4) {
      int id = Short.toUnsignedInt(extra.getShort());
      int length = Short.toUnsignedInt(extra.getShort());
      if (id == ZIP64) {
        return true;
      }
      extra.position(extra.position() + Math.min(length, extra.remaining()));
    }
    return false;
  }

  private static byte[] extra(byte[] record) {
    int from = HEADER_LENGTH + length(record, NAME_LENGTH);
    return Arrays.copyOfRange(record, from, from + length(record, EXTRA_LENGTH));
  }

  private static int length(byte[] record, int at) {
    return Short.toUnsignedInt(buffer(record).getShort(at));
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String key(String name) {
    return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /**
   * Returns the directory of a file, or null if the file is in the form of ZIP64 or has no clear
   * end.
   */
  private static @Nullable CentralDirectory read(SeekableByteChannel file) throws IOException {
    int tail = (int) Math.min(file.size(), END_LENGTH + LONGEST_COMMENT);
    byte[] lastBytes = read(file, file.size() - tail, tail);
    ByteBuffer last = buffer(lastBytes);
    int at = tail - END_LENGTH;
    while (at >= 0 && !isEnd(last, at)) {
      at--;
    }
    if (at < 0) {
      return null;
    }
    long length = Integer.toUnsignedLong(last.getInt(at + 12));
    long start = Integer.toUnsignedLong(last.getInt(at + 16));
    if (start + length != file.size() - tail + at) {
      return null;
    }
    byte[] all = read(file, start, (int) length);
    Map<String, byte[]> records = new LinkedHashMap<>();
    for (int from = 0; from < all.length; ) {
      byte[] header = Arrays.copyOfRange(all, from, from + HEADER_LENGTH);
      int name = from + HEADER_LENGTH;
      int next =
          name
              + length(header, NAME_LENGTH)
              + length(header, EXTRA_LENGTH)
              + length(header, COMMENT_LENGTH);
      records.put(
          new String(all, name, length(header, NAME_LENGTH), StandardCharsets.ISO_8859_1),
          Arrays.copyOfRange(all, from, next));
      from = next;
    }
    return new CentralDirectory(start, Arrays.copyOfRange(lastBytes, at, tail), records);
  }

  /** Returns whether the end begins here: a comment can also contain the signature. */
  private static boolean isEnd(ByteBuffer last, int at) {
    return last.getInt(at) == END_SIGNATURE
        && at + END_LENGTH + Short.toUnsignedInt(last.getShort(at + END_COMMENT))
            == last.capacity();
  }

  private static byte[] read(SeekableByteChannel file, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    file.position(from);
    while (bytes.hasRemaining()) {
      if (file.read(bytes) < 0) {
        throw new EOFException("the ZIP file is too short");
      }
    }
    return bytes.array();
  }
}
