package io.github.kameleoonservlet.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests how the command judges jars that the application has in another version. */
class OldJarsTest {

  private static final Path OLD_JARS = Path.of(System.getProperty("old.jars", "none"));

  @TempDir private Path folder;

  private Path output;

  @BeforeEach
  void nameOutput() {
    output = folder.resolve("result.war");
  }

  @ParameterizedTest
  @CsvSource({
    "commons-lang3, 3.9, 'version 3.9, from pom.properties'",
    "httpcore, 4.4.13, 'version 4.4.13, from pom.properties'",
    "slf4j-api, 2.0.17, 'version 2.0.17, from pom.properties'"
  })
  void jar_withEverythingThatIsUsed_stays(String artifact, String version, String found)
      throws IOException {
    String name = artifact + "-" + version + ".jar";
    Path war = TestWar.of(Edition.JAVAX).withJar(OLD_JARS.resolve(name)).packedIn(folder);

    Run run = Run.of(war, "-o", output, "--site-code", "abc");

    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains(name + " (" + found + ") stays in place of ")
        .containsPattern("all \\d+ classes and members that the added jars use exist");
    assertThat(libraries(output, artifact + "-\\d.*")).containsExactly(name);
  }

  @Test
  void jar_withoutAUsedMethod_isRefusedWithItsNameAndTheCure() throws IOException {
    Path war = oldCodec();

    Run run = Run.of(war, "-o", output, "--site-code", "abc");

    assertThat(run.exitCode()).isEqualTo(Install.REFUSED);
    assertThat(run.err())
        .contains(
            "commons-codec-1.3.jar (version 1.3, from the file name) does not have"
                + " DigestUtils.sha256Hex(String), which kameleoon-client-java-4.5.0.jar uses."
                + " --replace commons-codec puts version 1.23.0 in its place.");
    assertThat(output).doesNotExist();
  }

  @Test
  void jar_withoutAUsedMethod_isReplacedOnRequest() throws IOException {
    Path war = oldCodec();

    Run run = Run.of(war, "-o", output, "--site-code", "abc", "--replace", "commons-codec");

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("replaced commons-codec-1.3.jar by commons-codec-1.23.0.jar");
    assertThat(libraries(output, "commons-codec.*")).containsExactly("commons-codec-1.23.0.jar");
  }

  @Test
  void oldCodec_underAnotherName_isFoundByItsManifest() throws IOException {
    byte[] codec = Files.readAllBytes(OLD_JARS.resolve("commons-codec-1.3.jar"));
    Path war = TestWar.of(Edition.JAVAX).with("WEB-INF/lib/codec.jar", codec).packedIn(folder);

    Run run = Run.of(war, "-o", output, "--site-code", "abc");

    assertThat(run.err())
        .contains("codec.jar (version 1.3, from Implementation-Version in the manifest)");
  }

  @Test
  void oldCodec_insideOfAnotherJar_isNamed() throws IOException {
    String type = "org/apache/commons/codec/digest/DigestUtils";
    Path war =
        TestWar.of(Edition.JAVAX)
            .withJar("all.jar", Map.of(type + ".class", TestClass.of(type, "java/lang/Object")))
            .packedIn(folder);

    assertThat(Run.of(war, "--dry-run", "--site-code", "abc").out())
        .contains("check all.jar: it also contains 1 of the classes");
  }

  @Test
  void oldJsonProvider_isReplacedByAllThatIsInItsPlace() throws IOException {
    Run refused = replaced(Edition.JAKARTA, "jakarta.json-2.0.1.jar", "javax.json");

    assertThat(refused.err()).contains("--replace javax.json puts version 1.1.4 in its place");
    assertThat(libraries(output, ".*json.*|parsson.*"))
        .containsExactly("jakarta.json-api-2.1.3.jar", "javax.json-1.1.4.jar", "parsson-1.1.9.jar");
  }

  @Test
  void jarThatStays_usesWhatTheAddedJarLacks_isRefusedWithTheCure() throws IOException {
    Run refused = replaced(Edition.JAVAX, "httpclient5-5.3.1.jar", "httpclient5");

    assertThat(refused.err())
        .contains(
            "httpclient5-5.3.1.jar (version 5.3.1, from pom.properties) uses"
                + " new ClientH2PrefaceHandler(ProtocolIOSession, ClientH2StreamMultiplexerFactory,"
                + " boolean) and 1 other, which the added httpcore5-h2-5.4.4.jar does not have. --replace httpclient5 puts"
                + " version 5.6.5 in its place.");
    assertThat(libraries(output, "httpc.*5-.*"))
        .containsExactly("httpclient5-5.6.5.jar", "httpcore5-5.4.4.jar", "httpcore5-h2-5.4.4.jar");
  }

  @Test
  void ownClass_thatUsesWhatOnlyTheOldVersionHas_isReported() throws IOException {
    Path war =
        TestWar.of(Edition.JAVAX)
            .withJar(
                "commons-codec-1.3.jar",
                Map.of(
                    "org/apache/commons/codec/Old.class",
                    TestClass.of("org/apache/commons/codec/Old", "java/lang/Object")))
            .with(
                "WEB-INF/classes/shop/Core.class",
                TestClass.of("shop/Core", "org/apache/commons/codec/Old"))
            .packedIn(folder);

    Run run = Run.of(war, "--dry-run", "--site-code", "abc", "--replace", "commons-codec");

    assertThat(run.out())
        .contains(
            "check WEB-INF/classes: it uses org.apache.commons.codec.Old, which no added jar has");
  }

  @Test
  void useOfAMethod_thatOnlyTheOldVersionHas_isReported() throws IOException {
    Path war =
        TestWar.of(Edition.JAVAX)
            .withJar(
                "commons-codec-1.3.jar",
                Map.of(
                    "org/apache/commons/codec/Old.class",
                    TestClass.of("org/apache/commons/codec/Old", "java/lang/Object")))
            .withJar(
                "shop-core.jar",
                Map.of(
                    "shop/Core.class", TestClass.of("shop/Core", "org/apache/commons/codec/Old")))
            .packedIn(folder);

    Run run = Run.of(war, "--dry-run", "--site-code", "abc", "--replace", "commons-codec");

    assertThat(run.out())
        .contains(
            "check shop-core.jar: it uses org.apache.commons.codec.Old, which no added jar has");
  }

  @Test
  void missingBinding_isReported() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);
    Path bound =
        TestWar.of(Edition.JAVAX)
            .withJar(
                "binding.jar",
                Map.of(
                    "org/slf4j/impl/StaticLoggerBinder.class",
                    TestClass.of("org/slf4j/impl/StaticLoggerBinder", "java/lang/Object")))
            .packedIn(Files.createDirectory(folder.resolve("bound")));

    assertThat(Run.of(war, "--dry-run", "--site-code", "abc").out())
        .contains("No SLF4J 1.7 binding is in WEB-INF/lib", "org.slf4j:slf4j-jdk14:1.7.36");
    assertThat(Run.of(bound, "--dry-run", "--site-code", "abc").out()).doesNotContain("binding");
  }

  /**
   * Puts the filter into a WAR with an old jar, first without and then with {@code --replace}.
   *
   * @return the first run, which is refused
   */
  private Run replaced(Edition edition, String jar, String artifact) throws IOException {
    Path war = TestWar.of(edition).withJar(OLD_JARS.resolve(jar)).packedIn(folder);

    Run refused = Run.of(war, "-o", output, "--site-code", "abc");
    assertThat(refused.exitCode()).isEqualTo(Install.REFUSED);
    assertThat(output).doesNotExist();

    Run run = Run.of(war, "-o", output, "--site-code", "abc", "--replace", artifact);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    return refused;
  }

  private Path oldCodec() throws IOException {
    return TestWar.of(Edition.JAVAX)
        .withJar(OLD_JARS.resolve("commons-codec-1.3.jar"))
        .packedIn(folder);
  }

  private static List<String> libraries(Path war, String pattern) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(war);
        Stream<Path> files = Files.list(zip.getPath("/WEB-INF/lib"))) {
      return files.map(War::fileName).filter(name -> name.matches(pattern)).sorted().toList();
    }
  }
}
