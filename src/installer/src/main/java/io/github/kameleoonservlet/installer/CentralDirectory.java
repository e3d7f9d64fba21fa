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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The list of entries at the end of a ZIP file (APPNOTE 4.3.12), also in the form of ZIP64. The
 * JDK's ZIP file system writes a new list: each entry gets a time in UTC, which depends on the time
 * zone of the machine. This class restores the times and extra fields of the entries that the
 * command does not change.
 */
final class CentralDirectory {

  private static final int END_SIGNATURE = 0x06054B50;
  private static final int END_LENGTH = 22;
  private static final int LIST_LENGTH = 12;
  private static final int LIST_START = 16;

  /** The place of the length of the comment, which the comment follows. */
  private static final int END_COMMENT = 20;

  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final int HEADER_LENGTH = 46;
  private static final int FLAGS = 8;
  private static final int TIMES = 12;
  private static final int TIMES_LENGTH = 4;
  private static final int COMPRESSED_SIZE = 20;
  private static final int SIZE = 24;
  private static final int NAME_LENGTH = 28;
  private static final int EXTRA_LENGTH = 30;
  private static final int COMMENT_LENGTH = 32;
  private static final int PLACE = 42;
  private static final int ZIP64 = 1;

  private static final int ZIP64_END_SIGNATURE = 0x06064B50;
  private static final int ZIP64_END_LENGTH = 56;
  private static final int ZIP64_LOCATOR_SIGNATURE = 0x07064B50;
  private static final int ZIP64_LOCATOR_LENGTH = 20;
  private static final int ZIP64_LIST_LENGTH = 40;
  private static final int ZIP64_LIST_START = 48;
  private static final int ZIP64_END_PLACE = 8;

  /** The value of a field that the form of ZIP64 has in another place. */
  private static final int ALSO_IN_ZIP64 = 0xFFFFFFFF;

  /**
   * An entry of the list.
   *
   * @param hasDescriptor whether the sizes follow the content
   * @param place the index of its local header
   */
  record Entry(String name, boolean hasDescriptor, long size, long compressedSize, long place) {

    /** Returns whether a size needs ZIP64. */
    boolean isLarge() {
      return Math.max(size, compressedSize) >= 0xFFFFFFFFL;
    }
  }

  private final long start;

  /** All that follows the list: with ZIP64 two more records, and the end. */
  private final byte[] end;

  /** The index of the end in its array; 0 without ZIP64. */
  private final int endAt;

  private final Map<String, byte[]> records;

  private CentralDirectory(long start, byte[] end, int endAt, Map<String, byte[]> records) {
    this.start = start;
    this.end = end;
    this.endAt = endAt;
    this.records = records;
  }

  /**
   * Restores the entries.
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
        restored.writeBytes(after.end(length, before));
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
    // Sizes and places that need ZIP64 are those of the new file.
    byte[] zip64 = extra(record, true);
    byte[] others = extra(old, false);
    int length = zip64.length + others.length;
    int name = length(record, NAME_LENGTH);
    int comment = HEADER_LENGTH + name + length(record, EXTRA_LENGTH);
    byte[] bytes = new byte[record.length - length(record, EXTRA_LENGTH) + length];
    ByteBuffer result = buffer(bytes);
    result.put(record, 0, HEADER_LENGTH + name).put(zip64).put(others);
    result.put(record, comment, record.length - comment);
    result.put(TIMES, old, TIMES, TIMES_LENGTH);
    result.putShort(EXTRA_LENGTH, (short) length);
    return bytes;
  }

  /** Returns the end for a list of this length, with the comment of the old file. */
  private byte[] end(int length, CentralDirectory old) {
    int comment = endAt + END_COMMENT;
    int oldComment = old.endAt + END_COMMENT;
    byte[] bytes = Arrays.copyOf(end, comment + old.end.length - oldComment);
    ByteBuffer result = buffer(bytes);
    result.put(comment, old.end, oldComment, old.end.length - oldComment);
    if (result.getInt(endAt + LIST_LENGTH) != ALSO_IN_ZIP64) {
      result.putInt(endAt + LIST_LENGTH, length);
    }
    if (endAt > 0) {
      result.putLong(ZIP64_LIST_LENGTH, length);
      result.putLong(endAt - ZIP64_LOCATOR_LENGTH + ZIP64_END_PLACE, start + length);
    }
    return bytes;
  }

  /** Returns either the extra field of ZIP64, or all others. */
  private static byte[] extra(byte[] record, boolean isZip64) {
    int from = HEADER_LENGTH + length(record, NAME_LENGTH);
    int end = from + length(record, EXTRA_LENGTH);
    ByteArrayOutputStream found = new ByteArrayOutputStream();
    while (from < end) {
      boolean isWhole = end - from >= 4;
      int next = isWhole ? Math.min(from + 4 + length(record, from + 2), end) : end;
      if ((isWhole && length(record, from) == ZIP64) == isZip64) {
        found.write(record, from, next - from);
      }
      from = next;
    }
    return found.toByteArray();
  }

  private static int length(byte[] record, int at) {
    return Short.toUnsignedInt(buffer(record).getShort(at));
  }

  static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String key(String name) {
    return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Returns the entries in the order of the list. */
  List<Entry> entries() {
    return records.values().stream().map(CentralDirectory::entry).toList();
  }

  private static Entry entry(byte[] record) {
    ByteBuffer fields = buffer(record);
    String name =
        new String(record, HEADER_LENGTH, length(record, NAME_LENGTH), StandardCharsets.UTF_8);
    ByteBuffer zip64 = buffer(extra(record, true));
    zip64.position(Math.min(4, zip64.limit()));
    long size = number(fields, SIZE, zip64);
    long compressed = number(fields, COMPRESSED_SIZE, zip64);
    boolean isStream = (length(record, FLAGS) & 8) != 0;
    return new Entry(name, isStream, size, compressed, number(fields, PLACE, zip64));
  }

  /** Returns a number, which the extra field of ZIP64 has if its own field is too small. */
  private static long number(ByteBuffer fields, int at, ByteBuffer zip64) {
    int number = fields.getInt(at);
    return number == ALSO_IN_ZIP64 && zip64.remaining() >= Long.BYTES
        ? zip64.getLong()
        : Integer.toUnsignedLong(number);
  }

  /** Returns the directory of a file, or null if the file has no clear end. */
  static @Nullable CentralDirectory read(SeekableByteChannel file) throws IOException {
    int tail = (int) Math.min(file.size(), END_LENGTH + LONGEST_COMMENT);
    ByteBuffer last = buffer(read(file, file.size() - tail, tail));
    int at = tail - END_LENGTH;
    while (at >= 0 && !isEnd(last, at)) {
      at--;
    }
    if (at < 0) {
      return null;
    }
    long endPlace = file.size() - tail + at;
    long length = Integer.toUnsignedLong(last.getInt(at + LIST_LENGTH));
    long start = Integer.toUnsignedLong(last.getInt(at + LIST_START));
    int zip64 = 0;
    if (start + length != endPlace) {
      zip64 = ZIP64_END_LENGTH + ZIP64_LOCATOR_LENGTH;
      if (endPlace < zip64) {
        return null;
      }
      ByteBuffer records = buffer(read(file, endPlace - zip64, zip64));
      length = records.getLong(ZIP64_LIST_LENGTH);
      start = records.getLong(ZIP64_LIST_START);
      if (records.getInt(0) != ZIP64_END_SIGNATURE
          || records.getInt(ZIP64_END_LENGTH) != ZIP64_LOCATOR_SIGNATURE
          || start + length != endPlace - zip64) {
        return null;
      }
    }
    byte[] all = read(file, start, Math.toIntExact(length));
    byte[] end = read(file, endPlace - zip64, Math.toIntExact(file.size() - endPlace + zip64));
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
    return new CentralDirectory(start, end, zip64, records);
  }

  /** Returns whether the end begins here: a comment can also contain the signature. */
  private static boolean isEnd(ByteBuffer last, int at) {
    return last.getInt(at) == END_SIGNATURE
        && at + END_LENGTH + Short.toUnsignedInt(last.getShort(at + END_COMMENT))
            == last.capacity();
  }

  static byte[] read(SeekableByteChannel file, long from, int length) throws IOException {
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
