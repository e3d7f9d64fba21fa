package io.github.kameleoonservlet.installer;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The parts of a class file that linking needs: its name, its supertypes, its members, and the
 * members of other classes that it calls or reads. Names are in the internal form with slashes. A
 * member is its name with its descriptor, for example {@code trim()Ljava/lang/String;}.
 *
 * <p>Reads the format of JVMS chapter 4 directly, because the JDK has no public reader before
 * version 24, and because a library for class files refuses those of newer JDKs.
 */
record ClassFile(
    String name, List<String> supertypes, Set<String> members, Set<Reference> references) {

  private static final int MAGIC = 0xCAFEBABE;

  /** A use of a class, or of one of its members. The member is empty for a use of the class. */
  record Reference(String owner, String member) {

    private static final String CONSTRUCTOR = "<init>";

    /** Classes before their members. */
    static final Comparator<Reference> ORDER =
        Comparator.comparing(Reference::owner).thenComparing(Reference::member);

    boolean isOfMember() {
      return !member.isEmpty();
    }

    /** Returns the form for messages: {@code DigestUtils.sha256Hex(String)}. */
    String readable() {
      String type = owner.substring(owner.lastIndexOf('/') + 1).replace('$', '.');
      if (member.startsWith(CONSTRUCTOR)) {
        return "new " + type + Descriptors.readable(member).substring(CONSTRUCTOR.length());
      }
      return isOfMember() ? type + "." + Descriptors.readable(member) : owner.replace('/', '.');
    }

    /** Returns the first use, and the number of the others. */
    static String listed(List<Reference> uses) {
      int others = uses.size() - 1;
      return uses.get(0).readable()
          + (others == 0 ? "" : " and " + others + (others == 1 ? " other" : " others"));
    }
  }

  /** Reads a class file. Throws {@link IOException} if the bytes are no class file. */
  static ClassFile parse(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != MAGIC) {
        throw new IOException("no class file");
      }
      in.readInt();
      ConstantPool pool = ConstantPool.read(in);
      in.readUnsignedShort();
      String name = pool.className(in.readUnsignedShort());
      List<String> supertypes = new ArrayList<>();
      int parent = in.readUnsignedShort();
      if (parent != 0) {
        supertypes.add(pool.className(parent));
      }
      int interfaces = in.readUnsignedShort();
      for (int i = 0; i < interfaces; i++) {
        supertypes.add(pool.className(in.readUnsignedShort()));
      }
      Set<String> members = new HashSet<>();
      readMembers(in, pool, members);
      readMembers(in, pool, members);
      return new ClassFile(name, supertypes, members, pool.references());
    } catch (IndexOutOfBoundsException e) {
      throw new IOException("a broken class file", e);
    }
  }

  /** Reads the fields or the methods. */
  private static void readMembers(DataInputStream in, ConstantPool pool, Set<String> members)
      throws IOException {
    int count = in.readUnsignedShort();
    for (int i = 0; i < count; i++) {
      in.readUnsignedShort();
      members.add(pool.text(in.readUnsignedShort()) + pool.text(in.readUnsignedShort()));
      int attributes = in.readUnsignedShort();
      for (int a = 0; a < attributes; a++) {
        in.readUnsignedShort();
        in.skipNBytes(Integer.toUnsignedLong(in.readInt()));
      }
    }
  }
}
