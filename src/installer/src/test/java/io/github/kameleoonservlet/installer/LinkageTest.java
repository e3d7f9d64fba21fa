package io.github.kameleoonservlet.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.installer.ClassFile.Reference;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkageTest {

  private final Map<String, ClassFile> classes = new HashMap<>();
  private final Linkage linkage = new Linkage(classes);

  @BeforeEach
  void twoClasses() throws IOException {
    add(TestClass.of("a/Parent", "java/util/ArrayList", "inherited", "()V"));
    add(TestClass.of("a/Child", "a/Parent", "own", "(Ljava/lang/String;[I)J"));
    add(TestClass.of("a/Other", "missing/Optional"));
  }

  @ParameterizedTest
  @CsvSource({
    "a/Child, '', true",
    "a/Gone, '', false",
    "a/Child, 'own(Ljava/lang/String;[I)J', true",
    "a/Child, 'own(Ljava/lang/String;)J', false",
    "a/Child, inherited()V, true",
    "a/Child, 'add(Ljava/lang/Object;)Z', true",
    "a/Child, hashCode()I, true",
    "a/Child, gone()V, false",
    "a/Other, anything()V, true"
  })
  void use_resolvesLikeInTheJvm(String owner, String member, boolean expected) {
    assertThat(linkage.resolves(new Reference(owner, member))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "a/Child, 'own(Ljava/lang/String;[I)J', 'Child.own(String, int[])'",
    "a/Child$Part, 'count(ZBCSJFD)V', 'Child.Part.count(boolean, byte, char, short, long, float, double)'",
    "a/Child, 'nameLjava/lang/String;', Child.name",
    "a/Child, '<init>(I)V', 'new Child(int)'",
    "a/Child, '', a.Child"
  })
  void reference_isReadable(String owner, String member, String expected) {
    assertThat(new Reference(owner, member).readable()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a(", "a(I", "a(V)V", "a(Lb)V", "a([)V", "<init>(X)V"})
  void reference_withBrokenDescriptor_isShownAsItIs(String member) {
    assertThat(new Reference("b/Child", member).readable()).endsWith(member.replace("<init>", ""));
  }

  @Test
  void classFile_ofJavac_isRead() throws IOException {
    String name = "/" + LinkageTest.class.getName().replace('.', '/') + ".class";
    byte[] bytes;
    try (InputStream in = Objects.requireNonNull(LinkageTest.class.getResourceAsStream(name))) {
      bytes = in.readAllBytes();
    }

    ClassFile parsed = ClassFile.parse(bytes);

    assertThat(parsed.name()).isEqualTo("io/github/kameleoonservlet/installer/LinkageTest");
    assertThat(parsed.supertypes()).containsExactly("java/lang/Object");
    assertThat(parsed.members()).contains("twoClasses()V", "<init>()V", "classesLjava/util/Map;");
    assertThat(parsed.references())
        .contains(
            new Reference("io/github/kameleoonservlet/installer/Linkage", ""),
            new Reference("java/io/InputStream", "readAllBytes()[B"));
  }

  @Test
  void otherBytes_areNoClassFile() {
    assertThatThrownBy(() -> ClassFile.parse(new byte[] {1, 2, 3, 4}))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ClassFile.parse(new byte[0])).isInstanceOf(IOException.class);
  }

  private void add(byte[] file) throws IOException {
    ClassFile parsed = ClassFile.parse(file);
    classes.put(parsed.name(), parsed);
  }
}
