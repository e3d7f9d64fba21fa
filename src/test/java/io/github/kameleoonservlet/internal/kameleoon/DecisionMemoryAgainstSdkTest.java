package io.github.kameleoonservlet.internal.kameleoon;

import static io.github.kameleoonservlet.internal.kameleoon.SegmentedFile.condition;
import static io.github.kameleoonservlet.internal.kameleoon.SegmentedFile.either;
import static io.github.kameleoonservlet.internal.kameleoon.SegmentedFile.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.internal.targeting.BrowserType;
import io.github.kameleoonservlet.internal.targeting.DeviceType;
import io.github.kameleoonservlet.internal.targeting.OperatingSystem;
import io.github.kameleoonservlet.internal.targeting.TestFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import javax.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares reads with remembered decisions with reads for which the SDK's own {@code
 * getFeatureVariationKey} decides each time: both give the same variations, and send the same lines
 * in the same order.
 */
class DecisionMemoryAgainstSdkTest {

  private static final int SEQUENCES = 10_000;
  private static final int MOST_STEPS = 10;
  private static final long SEED = 20_261_128;
  private static final List<String> FEATURES =
      List.of("split", "page-then-all", "device-or-gold", "three-rules", "delivery", "other-flag");
  private static final String CART = "https://shop.example/cart";
  private static final List<TestFacts> REQUESTS =
      List.of(
          TestFacts.NONE,
          TestFacts.NONE.withPage(CART),
          TestFacts.NONE
              .withPage("https://shop.example/")
              .withBrowser(BrowserType.SAFARI, 17.5f, OperatingSystem.IOS, DeviceType.PHONE),
          TestFacts.NONE
              .withPage(CART)
              .withBrowser(BrowserType.CHROME, 131f, OperatingSystem.WINDOWS, DeviceType.DESKTOP)
              .withCustomData(Map.of("1", List.of("gold"))),
          TestFacts.NONE.withCookies(Map.of("theme", "dark")));

  @ParameterizedTest
  @ValueSource(ints = {10_000, 3, 0})
  void randomSequences_rememberedOrNot_decideAndSendEqually(
      int rememberedVisitors, @TempDir Path folder) throws Exception {
    Path file = folder.resolve("first.json");
    // A condition on assigned variations keeps all visitors in the SDK.
    boolean assignments = rememberedVisitors == 10_000;
    Files.writeString(file, dataFile(0.5, false, assignments));
    List<JsonObject> files =
        Stream.of(
                dataFile(0.5, false, assignments),
                dataFile(0.2, false, assignments),
                dataFile(0.5, true, assignments))
            .map(MemoryWorld::json)
            .toList();
    Random random = new Random(SEED);
    try (MemoryWorld library = new MemoryWorld(file, true, rememberedVisitors);
        MemoryWorld sdk = new MemoryWorld(file, false, 0)) {
      int sequences = rememberedVisitors == 10_000 ? SEQUENCES : SEQUENCES / 10;
      for (int i = 0; i < sequences; i++) {
        Sequence sequence = new Sequence(i, random.nextLong(), files);
        List<String> ours = sequence.in(library);
        assertThat(ours).as("sequence %d", i).isEqualTo(sequence.in(sdk));
      }
      if (!assignments) {
        assertThat(library.removed()).isPositive();
      }
      // The SDK sends an event under both codes if it treats two codes as one visitor.
      assertThat(library.nonces())
          .hasSameSizeAs(sdk.nonces())
          .hasSizeGreaterThan(sequences)
          .satisfies(all -> assertThat(Set.copyOf(all)).hasSameSizeAs(Set.copyOf(sdk.nonces())));
    }
  }

  /** The random steps, which are the same in each world. */
  private record Sequence(int number, long seed, List<JsonObject> files) {

    List<String> in(MemoryWorld world) throws Exception {
      Random random = new Random(seed);
      List<String> results = new ArrayList<>();
      int steps = 2 + random.nextInt(MOST_STEPS - 1);
      for (int i = 0; i < steps; i++) {
        step(random, world, results);
      }
      results.addAll(world.send());
      return results;
    }

    private void step(Random random, MemoryWorld world, List<String> results) throws Exception {
      String code = "v" + number + "-" + random.nextInt(2);
      String member = "m" + number;
      switch (random.nextInt(17)) {
        case 0 -> world.userAgent(code, "Browser/" + random.nextInt(2));
        case 1 -> world.customData(code, 1, random.nextBoolean() ? "gold" : "none");
        // The mapping identifier: after this call the SDK hashes the first code for the second one.
        case 2 -> world.customData(code, 2, member);
        case 3 -> world.consent(code, random.nextBoolean());
        case 4 -> world.conversion(code, 1 + random.nextInt(2));
        case 5 -> results.addAll(world.send());
        case 6 -> world.dataFile(files.get(random.nextInt(files.size())));
        case 7 -> world.removeIdle();
        default -> {
          String feature = FEATURES.get(random.nextInt(FEATURES.size()));
          TestFacts facts = REQUESTS.get(random.nextInt(REQUESTS.size()));
          String reader = random.nextInt(3) == 0 ? member : code;
          results.add(feature + world.read(reader, feature, random.nextInt(4) > 0, facts));
        }
      }
    }
  }

  @Test
  void engineTrackingCode_afterRememberedRead_namesExperiment(@TempDir Path folder)
      throws Exception {
    Path file = Files.writeString(folder.resolve("one.json"), dataFile(1, false, true));
    try (MemoryWorld library = new MemoryWorld(file, true, 10_000);
        MemoryWorld sdk = new MemoryWorld(file, false, 0)) {
      for (MemoryWorld world : List.of(library, sdk)) {
        world.read("v", "split", false, TestFacts.NONE);
        assertThat(world.engineTrackingCode("v")).doesNotContain("assignVariation");
        world.read("v", "split", true, TestFacts.NONE);
        world.read("v", "split", true, TestFacts.NONE);
      }
      assertThat(library.engineTrackingCode("v"))
          .contains("assignVariation")
          .isEqualTo(sdk.engineTrackingCode("v"));
    }
  }

  private static String dataFile(double exposition, boolean consentRequired, boolean assignments) {
    String page =
        segment("", condition("PAGE_URL", "\"url\":\"/cart\",\"matchType\":\"CONTAINS\""));
    String notPage =
        segment("", condition("PAGE_URL", "\"url\":\"/cart\",\"matchType\":\"CONTAINS\""))
            .replace("\"isInclude\":true", "\"isInclude\":false");
    String phone = condition("DEVICE_TYPE", "\"device\":\"PHONE\"");
    String gold =
        condition(
            "CUSTOM_DATUM",
            "\"customDataIndex\":\"1\",\"value\":\"gold\",\"valueMatchType\":\"EXACT\"");
    SegmentedFile file =
        new SegmentedFile()
            .customData(
                "[{\"index\":1,\"localOnly\":false,\"isMappingIdentifier\":false,\"scope\":\"VISITOR\"},"
                    + "{\"index\":2,\"localOnly\":false,\"isMappingIdentifier\":true,\"scope\":\"VISITOR\"}]")
            .whole("split", "", experiment(1, "null", exposition))
            .whole(
                "page-then-all",
                "",
                experiment(2, page, exposition) + "," + experiment(3, "null", 1))
            .whole("device-or-gold", "", experiment(4, either(phone, gold), exposition))
            .whole(
                "three-rules",
                "",
                experiment(5, segment("", gold), 0.7)
                    + ","
                    + experiment(6, segment("", phone), 0.5)
                    + ","
                    + experiment(7, notPage, exposition))
            .feature("delivery", phone)
            .whole(
                "other-flag",
                "",
                experiment(
                    8,
                    segment(
                        "",
                        assignments
                            ? condition("TARGET_FEATURE_FLAG", "\"featureFlagId\":1")
                            : gold),
                    1));
    String json = file.toString();
    return consentRequired ? json.replace("NOT_REQUIRED", "REQUIRED") : json;
  }

  private static String experiment(int id, String segment, double exposition) {
    return """
        {"id":%d,"order":0,"type":"EXPERIMENTATION","exposition":%s,"experimentId":50%d,
         "respoolTime":null,"segment":%s,"variationByExposition":[
           {"variationKey":"off","variationId":60%d,"exposition":0.5},
           {"variationKey":"on","variationId":70%d,"exposition":0.5}]}
        """
        .formatted(id, exposition, id, segment, id, id);
  }
}
