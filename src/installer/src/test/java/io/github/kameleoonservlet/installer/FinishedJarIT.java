package io.github.kameleoonservlet.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the finished jar by {@code java -jar}, alone in a folder. */
class FinishedJarIT {

  @TempDir private Path folder;

  @Test
  void jar_alone_changesAWar() throws IOException, InterruptedException {
    TestWar.of(Edition.JAKARTA).packedIn(folder);

    Process done = java("shop.war", "-o", "result.war", "--site-code", "abc");

    assertThat(done.exitValue()).as(output()).isZero();
    assertThat(output()).contains("Wrote result.war. shop.war is unchanged.");
    assertThat(folder.resolve("result.war")).exists();
    assertThat(Files.getPosixFilePermissions(folder.resolve("result.war")))
        .isEqualTo(Files.getPosixFilePermissions(folder.resolve("shop.war")));
  }

  @Test
  void refusal_goesToStandardErrorWithItsExitCode() throws IOException, InterruptedException {
    Process done = java("none.war", "-o", "result.war", "--site-code", "abc");

    assertThat(done.exitValue()).isEqualTo(Install.UNREADABLE);
    assertThat(Files.readString(folder.resolve("err"))).contains("none.war does not exist.");
    assertThat(output()).isEmpty();
  }

  @Test
  void version_isThatOfTheJar() throws IOException, InterruptedException {
    java("--version");

    assertThat(output()).matches("kameleoon-servlet-install \\d[^ ]*\\R");
  }

  /** An older Java can load the main class, and asks the class whether to go on. */
  @Test
  void mainClass_onAnOlderJava_hasAMessage() throws IOException, ReflectiveOperationException {
    try (JarFile jar = new JarFile(System.getProperty("installer.jar"));
        URLClassLoader loader =
            new URLClassLoader(
                new URL[] {Path.of(jar.getName()).toUri().toURL()},
                ClassLoader.getPlatformClassLoader())) {
      String name = jar.getManifest().getMainAttributes().getValue("Main-Class");
      JarEntry file = jar.getJarEntry(name.replace('.', '/') + ".class");
      try (DataInputStream start = new DataInputStream(jar.getInputStream(file))) {
        assertThat(start.readInt()).isEqualTo(0xCAFEBABE);
        assertThat(start.readInt()).as("Java 8").isEqualTo(52);
      }
      Method fault = loader.loadClass(name).getDeclaredMethod("fault", String.class);
      fault.setAccessible(true);
      for (String version : List.of("1.8", "9", "11", "16")) {
        assertThat(fault.invoke(null, version))
            .asString()
            .startsWith("This command needs Java 17 or later. This is Java " + version + ", in /");
      }
      assertThat(fault.invoke(null, "17")).isNull();
      assertThat(fault.invoke(null, "25")).isNull();
    }
  }

  @Test
  void entryThatFillsTheMemory_isRefusedWithTheCure() throws IOException, InterruptedException {
    byte[] large = new byte[200_000_000];
    TestWar.of(Edition.JAVAX)
        .withJar("commons-codec-1.9.jar", Map.of("org/apache/commons/codec/Large.class", large))
        .packedIn(folder);

    Process done = java(List.of("-Xmx128m"), "shop.war", "-o", "result.war", "--site-code", "abc");

    assertThat(done.exitValue()).isEqualTo(Install.REFUSED);
    assertThat(Files.readString(folder.resolve("err")))
        .contains("The WAR does not fit into the memory of Java.", "Nothing was written.");
    assertThat(folder.resolve("result.war")).doesNotExist();
  }

  private Process java(String... arguments) throws IOException, InterruptedException {
    return java(List.of(), arguments);
  }

  private Process java(List<String> options, String... arguments)
      throws IOException, InterruptedException {
    Path jar =
        Files.copy(Path.of(System.getProperty("installer.jar")), folder.resolve("install.jar"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(Arrays.asList(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    process.waitFor();
    return process;
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("out"), StandardCharsets.UTF_8);
  }
}
