package io.github.kameleoonservlet.installer;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Class files for tests, with a name, a superclass and methods without code. */
final class TestClass {

  private static final int ABSTRACT_CLASS = 0x0421;
  private static final int ABSTRACT_METHOD = 0x0401;

  private TestClass() {}

  /**
   * Returns a class file.
   *
   * @param methods the name of each method, then its descriptor
   */
  static byte[] of(String name, String superclass, String... methods) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(0xCAFEBABE);
      out.writeInt(52);
      out.writeShort(5 + methods.length);
      text(out, name);
      out.write(7);
      out.writeShort(1);
      text(out, superclass);
      out.write(7);
      out.writeShort(3);
      for (String text : methods) {
        text(out, text);
      }
      out.writeShort(ABSTRACT_CLASS);
      out.writeShort(2);
      out.writeShort(4);
      out.writeShort(0);
      out.writeShort(0);
      out.writeShort(methods.length / 2);
      for (int i = 0; i < methods.length; i += 2) {
        out.writeShort(ABSTRACT_METHOD);
        out.writeShort(5 + i);
        out.writeShort(6 + i);
        out.writeShort(0);
      }
      out.writeShort(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    out.write(1);
    out.writeUTF(text);
  }
}
