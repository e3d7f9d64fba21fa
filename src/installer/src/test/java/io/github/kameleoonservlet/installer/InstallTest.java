package io.github.kameleoonservlet.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the command from its arguments to the changed WAR. */
class InstallTest {

  @TempDir private Path folder;

  private Path output;

  private static final String DATA_FILE =
      "{\"configuration\": {}, \"customData\": [], \"featureFlags\": []}";

  @BeforeEach
  void nameOutput() {
    output = folder.resolve("shop-kameleoon.war");
  }

  @ParameterizedTest
  @EnumSource
  void war_withServlets_getsTheJarsOfItsEditionAndTheFilter(Edition edition) throws IOException {
    Path war = TestWar.of(edition).packedIn(folder);

    Run run = Run.of(war, "-o", output, "--site-code", "abc", "--user", "session:user.id");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Edition: " + edition, "Wrote " + output);
    try (Bundle bundle = Bundle.open()) {
      assertThat(names(output))
          .containsAll(bundle.names(edition).stream().map(name -> "WEB-INF/lib/" + name).toList());
    }
    assertThat(text(output, "WEB-INF/web.xml"))
        .contains("KameleoonVisitorFilter", "abc", "session:user.id", "env:KAMELEOON_CLIENT_ID");
  }

  @Test
  void war_withoutWebXml_getsOne() throws IOException {
    Path war = TestWar.of(Edition.JAKARTA).without("WEB-INF/web.xml").packedIn(folder);

    Run run = Run.of(war, "-o", output, "--site-code", "abc", "--api", "/kameleoon-api/*");

    assertThat(run.exitCode()).isZero();
    assertThat(text(output, "WEB-INF/web.xml"))
        .contains("jakarta.ee/xml/ns/jakartaee", "KameleoonVisitorFilter", "/kameleoon-api/*");
  }

  @Test
  void dataFile_isCopiedAndNamed() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);
    Path data = Files.writeString(folder.resolve("data.json"), DATA_FILE);

    assertThat(Run.of(war, "-o", output, "--data-file", data).exitCode()).isZero();

    assertThat(text(output, "WEB-INF/kameleoon-data.json")).isEqualTo(DATA_FILE);
    assertThat(text(output, "WEB-INF/web.xml"))
        .contains("/WEB-INF/kameleoon-data.json")
        .doesNotContain("clientSecret");
  }

  @Test
  void otherEntries_keepBytesTimesAndOrder() throws IOException {
    Path war = TestWar.of(Edition.JAKARTA).with("big.txt", "big ".repeat(9_999)).packedIn(folder);

    Run.of(war, "-o", output, "--site-code", "abc");

    List<String> kept = new ArrayList<>(names(war));
    kept.remove("WEB-INF/web.xml");
    List<String> result = new ArrayList<>(names(output));
    result.retainAll(kept);
    assertThat(result).isEqualTo(kept).first().isEqualTo("META-INF/MANIFEST.MF");
    try (ZipFile before = new ZipFile(war.toFile());
        ZipFile after = new ZipFile(output.toFile())) {
      for (String name : kept) {
        ZipEntry one = before.getEntry(name);
        ZipEntry other = after.getEntry(name);
        assertThat(other.getCrc()).as(name).isEqualTo(one.getCrc());
        assertThat(other.getCompressedSize()).as(name).isEqualTo(one.getCompressedSize());
        assertThat(other.getTimeLocal()).as(name).isEqualTo(TestWar.TIME);
      }
    }
  }

  @Test
  void timeZone_ofTheMachine_changesNoByte() throws IOException {
    Path war = TestWar.of(Edition.JAKARTA).with(TestWar.IN_UTC, "x").packedIn(folder);
    List<byte[]> results = new ArrayList<>();
    for (String zone : List.of("UTC", "Asia/Tokyo", "America/New_York")) {
      Run.inZone(zone, war, "-o", output, "--site-code", "abc", "--force");
      results.add(Files.readAllBytes(output));
    }

    assertThat(results.get(1)).isEqualTo(results.get(0));
    assertThat(results.get(2)).isEqualTo(results.get(0));
    try (ZipFile original = new ZipFile(war.toFile());
        ZipFile changed = new ZipFile(output.toFile())) {
      for (String name : List.of(TestWar.IN_UTC, "index.html", "META-INF/MANIFEST.MF")) {
        ZipEntry one = original.getEntry(name);
        ZipEntry other = changed.getEntry(name);
        assertThat(other.getExtra()).as(name).isEqualTo(one.getExtra());
        assertThat(other.getLastModifiedTime()).as(name).isEqualTo(one.getLastModifiedTime());
      }
    }
  }

  @Test
  void comment_ofTheWar_isKept() throws IOException {
    // The signature of the end of a ZIP file.
    String comment = "built by PK\5\6 and others, a comment of some length";
    Path war = TestWar.of(Edition.JAKARTA).packedIn(folder);
    byte[] content = Files.readAllBytes(war);
    content[content.length - 2] = (byte) comment.length();
    Files.write(war, content);
    Files.writeString(war, comment, StandardOpenOption.APPEND);

    assertThat(Run.of(war, "-o", output, "--site-code", "abc").exitCode()).isZero();

    try (ZipFile original = new ZipFile(war.toFile());
        ZipFile changed = new ZipFile(output.toFile())) {
      assertThat(original.getComment()).isEqualTo(comment);
      assertThat(changed.getComment()).isEqualTo(comment);
      assertThat(changed.getEntry("index.html").getLastModifiedTime())
          .isEqualTo(original.getEntry("index.html").getLastModifiedTime());
    }
  }

  @Test
  void result_isReadAsAStream() throws IOException {
    Path war = TestWar.of(Edition.JAKARTA).packedIn(folder);

    Run.of(war, "-o", output, "--site-code", "abc");

    List<String> read = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(output))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        zip.readAllBytes();
        read.add(entry.getName());
      }
    }
    assertThat(read).isEqualTo(names(output)).hasSizeGreaterThan(10);
  }

  @Test
  void addedJars_inAWarThatStartsByItself_areNotCompressed() throws IOException {
    Path war =
        TestWar.of(Edition.JAKARTA)
            .with("org/springframework/boot/loader/Launcher.class", "x")
            .packedIn(folder);

    Run.of(war, "-o", output, "--site-code", "abc");

    try (ZipFile zip = new ZipFile(output.toFile())) {
      assertThat(zip.stream().filter(entry -> entry.getName().endsWith(".jar")))
          .hasSizeGreaterThan(10)
          .allSatisfy(jar -> assertThat(jar.getMethod()).isEqualTo(ZipEntry.STORED));
    }
  }

  @Test
  void linkToAFolder_asInput_isCopiedWithItsContent() throws IOException {
    Path input = TestWar.of(Edition.JAKARTA).exploded(folder);
    Path link = Files.createSymbolicLink(folder.resolve("current"), input);
    Path result = folder.resolve("shop-kameleoon");

    assertThat(Run.of(link, "-o", result, "--site-code", "abc").exitCode()).isZero();

    assertThat(result.resolve("index.html")).exists();
    Files.createSymbolicLink(input.resolve("logs"), folder);
    assertThat(Run.of(link, "--dry-run", "--site-code", "abc").err())
        .contains("The folder contains a symbolic link: ");
  }

  @Test
  void readOnlyInput_isCopiedAndChanged() throws IOException {
    assumeFalse(System.getProperty("user.name").equals("root"), "root may write to every file");
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);
    Path exploded = TestWar.of(Edition.JAVAX).exploded(folder);
    Files.setPosixFilePermissions(war, PosixFilePermissions.fromString("r--r--r--"));
    Path web = exploded.resolve("WEB-INF");
    Files.setPosixFilePermissions(web, PosixFilePermissions.fromString("r-xr-xr-x"));

    assertThat(Run.of(war, "-o", output, "--site-code", "abc").err()).isEmpty();
    assertThat(Run.of(exploded, "-o", folder.resolve("r"), "--site-code", "abc").err()).isEmpty();

    Files.setPosixFilePermissions(web, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void largeDataFile_inAChangedWar_changesNothing() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);
    Path data = Files.writeString(folder.resolve("data.json"), DATA_FILE + " ".repeat(9_000_000));
    Run.of(war, "-o", output, "--data-file", data);

    Run second = Run.of(output, "-o", folder.resolve("again.war"), "--data-file", data);

    assertThat(second.err()).isEmpty();
    assertThat(second.out()).contains("The WAR has all of this already");
  }

  @Test
  void sameCommand_runTwice_changesNothing() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);
    Run.of(war, "-o", output, "--site-code", "abc");
    byte[] first = Files.readAllBytes(output);

    Run second = Run.of(war, "-o", output, "--site-code", "abc");

    assertThat(second.exitCode()).isZero();
    assertThat(second.out()).contains("has this content already. Nothing was changed.");
    assertThat(Files.readAllBytes(output)).isEqualTo(first);
  }

  @Test
  void changedWar_asInput_isCopied() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);
    Run.of(war, "-o", output, "--site-code", "abc", "--api", "/kameleoon-api/*");
    Path again = folder.resolve("again.war");

    Run second = Run.of(output, "-o", again, "--site-code", "abc", "--api", "/kameleoon-api/*");

    assertThat(second.exitCode()).isZero();
    assertThat(second.out()).contains("The WAR has all of this already", "is an equal copy");
    assertThat(again).hasSameBinaryContentAs(output);
  }

  @Test
  void otherOptions_besideAnExistingFilter_areNamed() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);
    Path data = Files.writeString(folder.resolve("data.json"), DATA_FILE);
    Run.of(war, "-o", output, "--site-code", "abc", "--client-id", "id");
    Path again = folder.resolve("again.war");

    Run second =
        Run.of(
            output, "-o", again, "--site-code", "abc", "--user", "request:u", "--client-id", "x");
    Run offline = Run.of(output, "--dry-run", "--data-file", data);

    assertThat(second.out())
        .contains(
            "These options have no effect, because the filter keeps its settings: --client-id,"
                + " --user. Change the settings by hand.");
    assertThat(again).hasSameBinaryContentAs(output);
    assertThat(offline.out())
        .contains("keeps its settings: --data-file.")
        .doesNotContain("WEB-INF/kameleoon-data.json");
  }

  @Test
  void visitorFilter_inAFragment_isNotAddedAgain() throws IOException {
    Path war =
        TestWar.of(Edition.JAVAX)
            .withJar("shop-web.jar", fragment(VisitorFilter.CLASS))
            .packedIn(folder);

    Run run = Run.of(war, "-o", output, "--site-code", "abc");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains(
            "The filter login is there already, in META-INF/web-fragment.xml of shop-web.jar. No"
                + " filter was added.",
            "keeps its settings: --site-code.");
    assertThat(text(output, "WEB-INF/web.xml")).doesNotContain("KameleoonVisitorFilter");
  }

  @Test
  void visitorFilter_inAFragmentThatServersDoNotRead_isAdded() throws IOException {
    String order = "<absolute-ordering><name>other</name></absolute-ordering>";
    Path war =
        TestWar.of(Edition.JAVAX)
            .with("WEB-INF/web.xml", WebXml.of("3.1", order))
            .withJar("shop-web.jar", fragment(VisitorFilter.CLASS))
            .packedIn(folder);

    Run run = Run.of(war, "-o", output, "--site-code", "abc");

    assertThat(run.out()).doesNotContain("web-fragment.xml");
    assertThat(text(output, "WEB-INF/web.xml")).contains("KameleoonVisitorFilter");
  }

  @Test
  void afterFilter_withoutMapping_isNamedBesideAnExistingFilter() throws IOException {
    Path war = TestWar.of(Edition.JAVAX).packedIn(folder);
    Run.of(war, "-o", output, "--site-code", "abc");

    assertThat(Run.of(output, "--dry-run", "--after-filter", "login").out())
        .contains("The filter login has no mapping to a URL pattern for requests");
  }

  @Test
  void signInFilter_inAFragment_isNamed() throws IOException {
    Map<String, byte[]> fragment = fragment("org.apache.shiro.web.servlet.ShiroFilter");
    Path war = TestWar.of(Edition.JAVAX).withJar("shop-web.jar", fragment).packedIn(folder);

    assertThat(Run.of(war, "--dry-run", "--site-code", "abc").out())
        .contains(
            "shop-web.jar declares the filter login, which signs users in,",
            "Add a mapping of login to WEB-INF/web.xml, before the mapping of the filter of Kameleoon.");
    String complete = WebXml.of("3.1", "").replace("<web-app", "<web-app metadata-complete='true'");
    Path without =
        TestWar.of(Edition.JAVAX)
            .with("WEB-INF/web.xml", complete)
            .withJar("shop-web.jar", fragment)
            .packedIn(Files.createDirectory(folder.resolve("complete")));
    assertThat(Run.of(without, "--dry-run", "--site-code", "abc").out()).doesNotContain("shop-web");
  }

  @Test
  void api_atThePathOfAServletOfAFragment_isRefused() throws IOException {
    String xml =
        WebXml.of(
            "3.1",
            "<servlet><servlet-name>s</servlet-name><servlet-class>shop.S</servlet-class></servlet>"
                + "<servlet-mapping><servlet-name>s</servlet-name><url-pattern>/api/*</url-pattern>"
                + "</servlet-mapping>");
    byte[] fragment = xml.replace("web-app", "web-fragment").getBytes(StandardCharsets.UTF_8);
    Path war =
        TestWar.of(Edition.JAVAX)
            .withJar("shop-web.jar", Map.of("META-INF/web-fragment.xml", fragment))
            .packedIn(folder);

    Run refused = Run.of(war, "-o", output, "--site-code", "abc", "--api", "/api/*");
    Run run = Run.of(war, "-o", output, "--site-code", "abc", "--api", "/other/*");

    assertThat(refused.exitCode()).isEqualTo(Install.REFUSED);
    assertThat(refused.err())
        .contains(
            "The API cannot be mapped to /api/*, because the servlet s has this pattern in"
                + " META-INF/web-fragment.xml of shop-web.jar. Name another path.");
    assertThat(run.err()).isEmpty();
  }

  private static Map<String, byte[]> fragment(String filterClass) {
    String xml =
        WebXml.of("3.1", WebXml.filter("login", filterClass)).replace("web-app", "web-fragment");
    return Map.of("META-INF/web-fragment.xml", xml.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void dryRun_printsTheReportAndWritesNothing() throws IOException {
    Path war = TestWar.of(Edition.JAKARTA).packedIn(folder);

    Run dry = Run.of(war, "--dry-run", "-o", output, "--site-code", "abc");

    assertThat(dry.exitCode()).isZero();
    assertThat(dry.out()).contains("added caffeine-", "Nothing was written: this is a dry run.");
    assertThat(folder.toFile().list()).containsExactly("shop.war");
    assertThat(output).doesNotExist();
  }

  @Test
  void folder_isCopiedWithTheChanges() throws IOException {
    Path input = TestWar.of(Edition.JAKARTA).exploded(folder);
    Path result = folder.resolve("shop-kameleoon");

    Run run = Run.of(input, "-o", result, "--site-code", "abc");

    assertThat(run.err()).isEmpty();
    assertThat(result.resolve("WEB-INF/web.xml")).content().contains("KameleoonVisitorFilter");
    assertThat(result.resolve("index.html")).exists();
    assertThat(input.resolve("WEB-INF/lib")).doesNotExist();
    assertThat(Run.of(input, "-o", result, "--site-code", "abc").out())
        .contains("Nothing was changed.");
    Files.writeString(result.resolve("index.html"), "changed");
    assertThat(Run.of(input, "-o", result, "--site-code", "abc").exitCode())
        .isEqualTo(Install.REFUSED);
  }

  @Test
  void olderLibraryInTheWar_isReplaced() throws IOException {
    Path war =
        TestWar.of(Edition.JAKARTA)
            .withJar("kameleoon-servlet-0.0.9.jar", Map.of("a.txt", new byte[1]))
            .packedIn(folder);

    Run run = Run.of(war, "-o", output, "--site-code", "abc");

    assertThat(run.out()).contains("replaced kameleoon-servlet-0.0.9.jar by kameleoon-servlet-");
    assertThat(names(output)).doesNotContain("WEB-INF/lib/kameleoon-servlet-0.0.9.jar");
  }

  @Test
  void clientSecret_asText_isWarnedAbout() throws IOException {
    Path war = TestWar.of(Edition.JAKARTA).packedIn(folder);

    Run run =
        Run.of(
            war, "--dry-run", "--site-code", "abc", "--client-id", "id", "--client-secret", "s3");

    assertThat(run.out()).contains("web.xml contains the client secret").doesNotContain("s3");
  }

  private static List<String> names(Path war) throws IOException {
    try (ZipFile zip = new ZipFile(war.toFile())) {
      return zip.stream().map(ZipEntry::getName).toList();
    }
  }

  private static String text(Path war, String name) throws IOException {
    try (ZipFile zip = new ZipFile(war.toFile())) {
      byte[] bytes = zip.getInputStream(zip.getEntry(name)).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  @Test
  void bundle_containsTheJarsOfBothEditions() throws IOException {
    try (Bundle bundle = Bundle.open()) {
      assertThat(bundle.names(Edition.JAKARTA)).hasSize(17);
      assertThat(bundle.names(Edition.JAVAX)).hasSize(14);
      assertThat(bundle.names(Edition.JAVAX).get(0)).startsWith("kameleoon-servlet-javax-");
      assertThat(bundle.names(Edition.JAKARTA).get(0)).matches("kameleoon-servlet-\\d.*");
      assertThat(Arrays.asList(Edition.values()))
          .allSatisfy(
              edition ->
                  assertThat(bundle.libraries(edition).stream().map(Library::fileName))
                      .isEqualTo(bundle.names(edition)));
    }
  }
}
