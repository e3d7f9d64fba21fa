package io.github.kameleoonservlet.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what the command refuses, with which message and exit code, and that it writes nothing. */
class RefusalsTest {

  @TempDir private Path folder;

  private Path output;

  @BeforeEach
  void nameOutput() {
    output = folder.resolve("result.war");
  }

  @Test
  void signedWar_isRefused() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).with("META-INF/SHOP.SF", "x").packedIn(folder);

    assertRefused(run(war), "is signed (META-INF/SHOP.SF)");
  }

  @Test
  void ear_byContentOrName_isRefused() throws IOException {
    Path war = TestWar.empty().with("META-INF/application.xml", "<a/>").packedIn(folder);
    assertRefused(run(war), "is an EAR. Take the WAR out of the EAR");

    Path ear = Files.move(TestWar.empty().packedIn(folder), folder.resolve("shop.ear"));
    assertRefused(run(ear), "is an EAR");
  }

  @Test
  void truncatedWar_isRefused() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);
    byte[] whole = Files.readAllBytes(war);
    Files.write(war, Arrays.copyOf(whole, whole.length - 30));

    assertRefused(run(war), "is broken: ");
  }

  @Test
  void otherFile_isRefused() throws IOException {
    Path war = Files.writeString(folder.resolve("shop.war"), "#!/bin/sh\n");

    assertRefused(run(war), "does not begin like a ZIP file");
  }

  @Test
  void entryThatLeadsOut_isRefused() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).with("WEB-INF/../../etc/cron", "x").packedIn(folder);

    assertRefused(run(war), "leads out of the WAR: \"WEB-INF/../../etc/cron\"");
  }

  @Test
  void entryInTooManyFolders_isRefused() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).with("a/".repeat(30_000) + "b", "x").packedIn(folder);

    assertRefused(run(war), "has an entry with a name of 60001 characters: \"a/a/a/");
  }

  @Test
  void twoEntriesOfOneName_areRefused() throws IOException {
    Path war =
        TestWar.of(Edition.JAVAX).with("one/a.txt", "1").with("two/a.txt", "2").packedIn(folder);
    String bytes = Files.readString(war, StandardCharsets.ISO_8859_1).replace("two/a", "one/a");
    Files.writeString(war, bytes, StandardCharsets.ISO_8859_1);

    assertRefused(run(war), "has two entries with the name \"one/a.txt\"");
  }

  @ParameterizedTest
  @CsvSource({
    "a, a/b, a, a/b",
    "a/b, a, a, a/b",
    "a, a/, a, a/",
    "a/, a, a, a/",
    "a!, a/b/c, a, a/b/c",
    "WEB-INF, q, WEB-INF, WEB-INF/classes/shop/Pagejavax.class",
    "WEB-INF/web.xml/z, q, WEB-INF/web.xml, WEB-INF/web.xml/z"
  })
  void entry_thatIsAFileAndAFolder_isRefused(String one, String other, String file, String inside)
      throws IOException {
    Path war =
        TestWar.of(Edition.JAVAX).with(one, "x").with(other, "x").with(file, "x").packedIn(folder);

    assertRefused(
        run(war),
        "has the entry \"" + file + "\" as a file and as a folder, with \"" + inside + "\".");
  }

  @Test
  void entryWithAnEmptyFolderName_isRefused() throws IOException {
    for (String name : List.of("x//y", "")) {
      Path war = TestWar.of(Edition.JAVAX).with(name, "x").packedIn(folder);

      assertRefused(run(war), "an entry with an empty name or folder name: \"" + name + "\".");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "WEB-INF/lib, WEB-INF/lib, a file, a folder",
    "WEB-INF/web.xml/x, WEB-INF/web.xml, a folder, a file",
    "WEB-INF/kameleoon-data.json/x, WEB-INF/kameleoon-data.json, a folder, a file"
  })
  void entry_withTheNameOfAnAddedFileOrItsFolder_isRefused(
      String entry, String name, String found, String needed) throws IOException {
    TestWar war = TestWar.of(Edition.JAVAX).without("WEB-INF/web.xml").with(entry, "x");
    Path data =
        Files.writeString(
            folder.resolve("data.json"),
            "{\"configuration\": {}, \"customData\": [], \"featureFlags\": []}");

    for (Path input : List.of(war.packedIn(folder), war.exploded(folder))) {
      assertRefused(
          Run.of(input, "-o", output, "--data-file", data),
          "The application has "
              + found
              + " with the name "
              + name
              + ", where this command needs "
              + needed);
    }
  }

  @Test
  void nameInAnotherEncoding_isRefused() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).with("Uber.html", "x").packedIn(folder);
    String bytes = Files.readString(war, StandardCharsets.ISO_8859_1).replace("Uber", "\u00DCber");
    Files.writeString(war, bytes, StandardCharsets.ISO_8859_1);

    assertRefused(run(war), "has an entry with a name that is not in UTF-8.");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 1_000, 0x7FFFFFF0})
  void entryWithAFalseSize_isRefused(int size) throws IOException {
    Path war = TestWar.of(Edition.JAVAX).with("big.txt", "b".repeat(999)).packedIn(folder);
    byte[] bytes = Files.readAllBytes(war);
    // The last header of the list of entries. Its name follows 46 bytes.
    int name = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("big.txt");
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(name - 46 + 24, size);
    Files.write(war, bytes);

    assertRefused(
        run(war), "is broken: the entry \"big.txt\" has another size than the WAR declares.");
  }

  @Test
  void enormousWebXml_isRefused() throws IOException {
    Path war =
        TestWar.of(Edition.JAVAX).with("WEB-INF/web.xml", new byte[9_000_000]).packedIn(folder);

    assertRefused(run(war), "WEB-INF/web.xml is larger than 8 MB");
  }

  @Test
  void malformedWebXml_isRefused() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).with("WEB-INF/web.xml", "<web-app>").packedIn(folder);

    assertRefused(run(war), "web.xml");
  }

  @Test
  void otherEditionInTheWar_isRefused() throws IOException {
    Path war =
        TestWar.of(Edition.JAVAX)
            .withJar("kameleoon-servlet-0.1.0.jar", Map.of("a.txt", new byte[1]))
            .packedIn(folder);

    assertRefused(run(war), "kameleoon-servlet-0.1.0.jar is the other edition of this library");
  }

  @Test
  void warWithoutEvidence_asksForTheEdition() throws IOException {
    Path war = TestWar.empty().packedIn(folder);

    assertRefused(run(war), "Found: nothing that uses either. Add --edition javax");
    assertThat(run(war, "--edition", "javax").exitCode()).isZero();
  }

  @Test
  void warWithBothApis_asksForTheEdition() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).withServlet(Edition.JAKARTA).packedIn(folder);

    assertRefused(
        run(war), "the classes in WEB-INF/classes: 1 with javax.servlet, 1 with jakarta.servlet");
  }

  @Test
  void newFilter_withoutSiteCodeAndDataFile_isRefused() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);

    assertRefused(Run.of(war, "-o", output), "add --site-code or --data-file");
  }

  @Test
  void inputAsOutput_isRefused() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);
    byte[] before = Files.readAllBytes(war);

    Run run = Run.of(war, "-o", war, "--force", "--site-code", "abc");

    assertThat(run.exitCode()).isEqualTo(Install.REFUSED);
    assertThat(run.err()).contains("is the input. Name another file");
    assertThat(war).hasBinaryContent(before);
  }

  @Test
  void existingOutput_isOverwrittenWithForceOnly() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);
    Files.writeString(output, "mine");

    Run run = run(war);

    assertThat(run.exitCode()).isEqualTo(Install.REFUSED);
    assertThat(run.err()).contains("exists with another content. --force overwrites it.");
    assertThat(output).hasContent("mine");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("shop.war", "result.war");
    assertThat(run(war, "--force").exitCode()).isZero();
    assertThat(Files.size(output)).isGreaterThan(1_000_000);
  }

  @Test
  void symbolicLink_asOutput_isRefused() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);
    Files.createSymbolicLink(output, folder.resolve("elsewhere.war"));

    Run run = run(war, "--force");

    assertThat(run.exitCode()).isEqualTo(Install.REFUSED);
    assertThat(run.err()).contains("is a symbolic link");
    assertThat(output).isSymbolicLink();
  }

  @Test
  void symbolicLink_inTheFolder_isRefused() throws IOException {
    Path input = TestWar.of(Edition.JAVAX).exploded(folder);
    Files.createSymbolicLink(input.resolve("logs"), folder);

    assertRefused(run(input), "The folder contains a symbolic link: ");
  }

  @Test
  void output_insideOfTheFolder_isRefused() throws IOException {
    Path input = TestWar.of(Edition.JAVAX).exploded(folder);

    Path sameFolder = input.resolve("WEB-INF/..");
    for (Path folderName : List.of(input, sameFolder)) {
      Run run = Run.of(folderName, "-o", input.resolve("result"), "--site-code", "abc");

      assertThat(run.exitCode()).isEqualTo(Install.REFUSED);
      assertThat(run.err()).contains("is inside of the input folder");
    }
  }

  @Test
  void missingFiles_areNamed() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);

    assertUnreadable(run(folder.resolve("none.war")), "none.war does not exist.");
    assertUnreadable(
        Run.of(war, "-o", folder.resolve("none/result.war"), "--site-code", "abc"),
        "none does not exist.");
    assertUnreadable(
        Run.of(war, "-o", output, "--data-file", folder.resolve("none.json")),
        "none.json does not exist.");
  }

  @Test
  void unwritableFolder_isNamed() throws IOException {
    Path unwritable = Path.of("/proc/self");
    assumeTrue(Files.isDirectory(unwritable), "a file system that nobody can write to");
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);

    Run run = Run.of(war, "-o", unwritable.resolve("result.war"), "--site-code", "abc");

    assertUnreadable(run, "Cannot read or write /proc/self");
  }

  @Test
  void wrongOptions_areUsageErrors() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);

    assertUsage(Run.of(war, "--site-code", "abc"), "Give the output with -o, or --dry-run.");
    assertUsage(run(war, "--data-file", "x.json"), "Give --data-file or --site-code, not both.");
    for (String option : List.of("--client-id", "--client-secret")) {
      assertUsage(
          Run.of(war, "-o", output, option, "x"),
          "--client-id and --client-secret have an effect with --site-code only.");
    }
    assertUsage(run(war, "--user", "session:"), "--user session: is not valid. Allowed: principal");
    assertUsage(
        run(war, "--api", "api"), "--api api is not valid. Allowed: a path that ends in /*");
    assertUsage(run(war, "--edition", "jee"), "--edition");
    assertUsage(Run.of(), "WAR");
    assertThat(run(war, "--colour", "red").err())
        .isEqualToNormalizingNewlines(
            "Unknown options: '--colour', 'red'\n--help lists the options.\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                     | the file is no JSON (line 1, column 1)",
        "<html>                 | the file is no JSON (line 1, column 1)",
        "{'featureFlags': [1,]} | the file is no JSON (line 1, column 21)",
        "[]                     | the file contains no JSON object",
        "{'featureFlags': []}   | the file has no object \"configuration\"",
        "{'configuration': []}  | the file has no object \"configuration\"",
        "{'configuration': {}}  | the file has no list \"customData\"",
        "{'configuration': {}, 'customData': [], 'featureFlags': {}} | the file has no list \"featureFlags\""
      })
  void otherDataFile_isAUsageError(String content, String fault) throws IOException {
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);
    Path data = Files.writeString(folder.resolve("d.json"), content.replace('\'', '"'));

    assertUsage(
        Run.of(war, "-o", output, "--data-file", data),
        "d.json is no data file of Kameleoon: " + fault + ". Allowed: a JSON object with the");
  }

  @Test
  void dataFile_thatIsAFolderOrTooLarge_isAUsageError() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);
    Path large = folder.resolve("d.json");
    try (SeekableByteChannel file =
        Files.newByteChannel(large, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      file.position(DataFile.LARGEST).write(ByteBuffer.wrap(new byte[1]));
    }
    String allowed = ". Allowed: a JSON object with the object";

    assertUsage(
        Run.of(war, "-o", output, "--data-file", folder),
        folder + " is no data file of Kameleoon: the path is that of a folder" + allowed);
    assertUsage(
        Run.of(war, "-o", output, "--data-file", large),
        "d.json is no data file of Kameleoon: the file is larger than 16 MB" + allowed);
  }

  @Test
  void dataFile_thatCannotBeRead_isNamed() throws IOException {
    Path unreadable = Path.of("/proc/self/mem");
    assumeTrue(Files.isRegularFile(unreadable), "a file that fails when it is read");
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);

    assertUnreadable(
        Run.of(war, "-o", output, "--data-file", unreadable),
        "Cannot read or write /proc/self/mem: ");
  }

  @Test
  void folder_asOutputOfAWar_isRefused() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);

    for (Path existing : List.of(folder, folder.getRoot())) {
      Run run = Run.of(war, "-o", existing, "--site-code", "abc");

      assertThat(run.exitCode()).isEqualTo(Install.REFUSED);
      assertThat(run.err())
          .contains("is a folder. Name the file that the command writes, for example ");
    }
  }

  @Test
  void root_asOutputOfAFolder_isRefused() throws IOException {
    Path input = TestWar.of(Edition.JAVAX).exploded(folder);

    Run run = Run.of(input, "-o", folder.getRoot(), "--site-code", "abc");

    assertThat(run.exitCode()).isEqualTo(Install.REFUSED);
    assertThat(run.err()).contains("The output / is a folder.");
  }

  @Test
  void unknownArtifact_toReplace_isRefused() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);

    assertRefused(
        run(war, "--replace", "log4j"), "this library brings no such artifact. Allowed: [");
  }

  @Test
  void brokenJar_inTheWar_isReported() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).with("WEB-INF/lib/broken.jar", "x").packedIn(folder);

    Run run = run(war);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("could not read broken.jar");
  }

  @Test
  void bytesBehindTheZip_areRefused() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);
    Files.write(war, new byte[100], StandardOpenOption.APPEND);

    assertRefused(run(war), "is broken: ");
  }

  @Test
  void deeplyNestedWebXml_isRefused() throws IOException {
    String xml = "<web-app>" + "<a>".repeat(100_000) + "</a>".repeat(100_000) + "</web-app>";
    Path war = TestWar.of(Edition.JAVAX).with("WEB-INF/web.xml", xml).packedIn(folder);

    assertRefused(run(war), "more than 100 elements are nested");
  }

  @Test
  void emptyValue_isAUsageError() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);

    assertUsage(Run.of(war, "-o", output, "--site-code", ""), "The value of --site-code is empty.");
    assertUsage(run(war, "--api", "/*"), "--api /* is not valid.");
  }

  @Test
  void controlCharacters_ofTheWar_areNotPrinted() throws IOException {
    Path war =
        TestWar.of(Edition.JAVAX)
            .with("WEB-INF/lib/a\033[31m\u009b\u2028.jar", "x")
            .packedIn(folder);

    assertThat(run(war).out()).contains("could not read a?[31m??.jar");
  }

  @Test
  void lineBreaks_ofAJar_startNoLineOfAMessage() throws IOException {
    Map<String, byte[]> codec =
        Map.of(
            "META-INF/maven/g/a/pom.properties",
            "artifactId=commons-codec\nversion=1\\nResult".getBytes(StandardCharsets.UTF_8),
            "org/apache/commons/codec/A.class",
            new byte[1]);
    Path war = TestWar.of(Edition.JAVAX).withJar("c\nResult.jar", codec).packedIn(folder);

    assertRefused(run(war), "c?Result.jar (version 1?Result, from pom.properties)");
  }

  @Test
  void folder_withTheNameOfAnAddedJar_isNamed() throws IOException {
    try (Bundle bundle = Bundle.open()) {
      String jar = bundle.names(Edition.JAVAX).get(1);
      Path war = TestWar.of(Edition.JAVAX).with("WEB-INF/lib/" + jar + "/x", "x").packedIn(folder);

      assertRefused(run(war), "The application has a folder with the name WEB-INF/lib/" + jar);
    }
  }

  private Run run(Path war, Object... more) {
    Object[] all =
        Arrays.copyOf(new Object[] {war, "-o", output, "--site-code", "abc"}, 5 + more.length);
    System.arraycopy(more, 0, all, 5, more.length);
    return Run.of(all);
  }

  private void assertRefused(Run run, String message) {
    assertThat(run.err()).contains(message, "Nothing was written.");
    assertThat(run.exitCode()).isEqualTo(Install.REFUSED);
    assertNothingWritten();
  }

  private void assertUnreadable(Run run, String message) {
    assertThat(run.err()).contains(message, "Nothing was written.");
    assertThat(run.exitCode()).isEqualTo(Install.UNREADABLE);
    assertNothingWritten();
  }

  private void assertUsage(Run run, String message) {
    assertThat(run.err()).contains(message);
    assertThat(run.exitCode()).isEqualTo(2);
    assertNothingWritten();
  }

  private void assertNothingWritten() {
    assertThat(output).doesNotExist();
    assertThat(folder.toFile().list((parent, name) -> name.startsWith("."))).isEmpty();
  }
}
