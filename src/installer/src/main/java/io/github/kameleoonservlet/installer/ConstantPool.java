package io.github.kameleoonservlet.installer;

import io.github.kameleoonservlet.installer.ClassFile.Reference;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** The constant pool of a class file (JVMS 4.4). */
final class ConstantPool {

  private static final int UTF8 = 1;
  private static final int INTEGER = 3;
  private static final int FLOAT = 4;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int CLASS = 7;
  private static final int STRING = 8;
  private static final int FIELD = 9;
  private static final int METHOD = 10;
  private static final int INTERFACE_METHOD = 11;
  private static final int NAME_AND_TYPE = 12;
  private static final int METHOD_HANDLE = 15;
  private static final int METHOD_TYPE = 16;
  private static final int DYNAMIC = 17;
  private static final int INVOKE_DYNAMIC = 18;
  private static final int MODULE = 19;
  private static final int PACKAGE = 20;

  private final byte[] tags;
  private final String[] texts;
  private final int[] firsts;
  private final int[] seconds;

  private ConstantPool(int size) {
    tags = new byte[size];
    texts = new String[size];
    firsts = new int[size];
    seconds = new int[size];
  }

  static ConstantPool read(DataInputStream in) throws IOException {
    int size = in.readUnsignedShort();
    ConstantPool pool = new ConstantPool(size);
    for (int i = 1; i < size; i++) {
      pool.tags[i] = in.readByte();
      switch (pool.tags[i]) {
        case UTF8 -> pool.texts[i] = in.readUTF();
        case CLASS, STRING, METHOD_TYPE, MODULE, PACKAGE -> pool.firsts[i] = in.readUnsignedShort();
        case INTEGER, FLOAT -> in.readInt();
        case FIELD, METHOD, INTERFACE_METHOD, NAME_AND_TYPE, DYNAMIC, INVOKE_DYNAMIC -> {
          pool.firsts[i] = in.readUnsignedShort();
          pool.seconds[i] = in.readUnsignedShort();
        }
        case METHOD_HANDLE -> {
          in.readByte();
          in.readUnsignedShort();
        }
        case LONG, DOUBLE -> {
          in.readLong();
          // A number of 8 bytes takes two places of the pool.
          i++;
        }
        default -> throw new IOException("an unknown kind of constant: " + pool.tags[i]);
      }
    }
    return pool;
  }

  String text(int index) throws IOException {
    if (tags[index] != UTF8) {
      throw new IOException("a constant is no text");
    }
    return texts[index];
  }

  String className(int index) throws IOException {
    return text(firsts[index]);
  }

  /** Returns the classes and members that the code of the class uses. */
  Set<Reference> references() throws IOException {
    Set<Reference> references = new HashSet<>();
    for (int i = 1; i < tags.length; i++) {
      switch (tags[i]) {
        case CLASS -> references.add(new Reference(elementOf(className(i)), ""));
        case FIELD, METHOD, INTERFACE_METHOD -> {
          String owner = elementOf(className(firsts[i]));
          int name = firsts[seconds[i]];
          int descriptor = seconds[seconds[i]];
          references.add(new Reference(owner, text(name) + text(descriptor)));
        }
        default -> {
          // The other kinds name no member of a class.
        }
      }
    }
    return references;
  }

  /** Returns the class of the elements if the name is that of an array. */
  private static String elementOf(String name) {
    if (!name.startsWith("[")) {
      return name;
    }
    String element = name.replaceFirst("^\\[+", "");
    return element.startsWith("L") ? element.substring(1, element.length() - 1) : "";
  }
}
