package io.github.kameleoonservlet.installer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The sizes that follow the content of an entry if the ZIP file was written as a stream (APPNOTE
 * 4.3.9). The JDK's ZIP file system copies 16 bytes. With other lengths the copy is right for
 * readers of files only, and servers such as Jetty 9.4 read streams.
 */
final class DataDescriptors {

  private static final int SIGNATURE = 0x08074B50;
  private static final int LENGTH = 16;
  private static final int LOCAL_HEADER_LENGTH = 30;
  private static final int LOCAL_NAME_LENGTH = 26;
  private static final int LOCAL_EXTRA_LENGTH = 28;

  private DataDescriptors() {}

  /** Returns the name of an entry that the JDK does not copy completely, or null. */
  static @Nullable String notCopied(Path war) throws IOException {
    try (SeekableByteChannel file = Files.newByteChannel(war)) {
      CentralDirectory directory = CentralDirectory.read(file);
      if (directory != null) {
        for (CentralDirectory.Entry entry : directory.entries()) {
          if (entry.hasDescriptor() && !entry.isLarge() && !isCopied(file, entry)) {
            return entry.name();
          }
        }
      }
      return null;
    }
  }

  private static boolean isCopied(SeekableByteChannel file, CentralDirectory.Entry entry)
      throws IOException {
    ByteBuffer header =
        CentralDirectory.buffer(CentralDirectory.read(file, entry.place(), LOCAL_HEADER_LENGTH));
    long content =
        entry.place()
            + LOCAL_HEADER_LENGTH
            + Short.toUnsignedInt(header.getShort(LOCAL_NAME_LENGTH))
            + Short.toUnsignedInt(header.getShort(LOCAL_EXTRA_LENGTH));
    ByteBuffer descriptor =
        CentralDirectory.buffer(
            CentralDirectory.read(file, content + entry.compressedSize(), LENGTH));
    return descriptor.getInt(0) == SIGNATURE
        && Integer.toUnsignedLong(descriptor.getInt(8)) == entry.compressedSize()
        && Integer.toUnsignedLong(descriptor.getInt(12)) == entry.size();
  }
}
