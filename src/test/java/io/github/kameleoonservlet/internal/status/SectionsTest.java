package io.github.kameleoonservlet.internal.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.config.SettingInEffect;
import io.github.kameleoonservlet.internal.decision.FeatureDescription;
import io.github.kameleoonservlet.internal.decision.PlatformStatus;
import io.github.kameleoonservlet.internal.decision.PlatformStatus.DataFile;
import io.github.kameleoonservlet.internal.decision.PlatformStatus.Events;
import io.github.kameleoonservlet.internal.decision.PlatformStatus.Fetch;
import io.github.kameleoonservlet.internal.decision.PlatformStatus.Origin;
import io.github.kameleoonservlet.internal.decision.PlatformStatus.State;
import io.github.kameleoonservlet.internal.statistics.PlatformCounts.Type;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.internal.statistics.StoreCounts;
import io.github.kameleoonservlet.internal.statistics.WarningCounts;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the sections of the report, as JSON and as HTML. */
class SectionsTest {

  private static final Instant START = Instant.parse("2026-11-29T10:00:00Z");

  private Instant now = START;
  private final Statistics statistics = new Statistics(2, new TestClock());

  private final class TestClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private String json(Section section) {
    return JsonReport.of(new Report(now, "f", "", false, new Facts(), List.of(section)))
        .replaceFirst("^.*\"" + section.key() + "\":", "");
  }

  private String html(Section section) {
    Html html = new Html();
    section.blocks().forEach(block -> block.renderTo(new HtmlBlocks(html, now)));
    return html.toString();
  }

  // ---- store

  private Section store() {
    return StoreSection.of(
        List.of(
            new SettingInEffect("cacheSize", "5", "default", true),
            new SettingInEffect("dataSource", "jdbc/shop", "init-param", true)),
        statistics.store().snapshot(),
        now);
  }

  @Test
  void store_outage_beginsAndEnds() {
    StoreCounts store = statistics.store();
    store.becomes(StoreCounts.State.DOWN);
    store.outageBegan(StoreCounts.Part.STORE, "java.sql.SQLException");
    now = START.plusSeconds(90);

    assertThat(json(store()))
        .contains("\"kind\":\"dataSource jdbc/shop\"", "\"state\":\"DOWN\"")
        .contains("\"outagesSinceStart\":1")
        .contains(
            "{\"part\":\"STORE\",\"begin\":\"2026-11-29T10:00:00Z\",\"end\":null,"
                + "\"duration\":90.0,\"cause\":\"java.sql.SQLException\"}");
    assertThat(html(store())).contains("mark bad\">DOWN", "mark bad\">ongoing", "<td>90 s</td>");

    store.outageEnded(StoreCounts.Part.STORE);
    store.becomes(StoreCounts.State.REACHABLE);
    now = START.plusSeconds(200);

    assertThat(json(store()))
        .contains("\"end\":\"2026-11-29T10:01:30Z\",\"duration\":90", "\"state\":\"REACHABLE\"");
    assertThat(html(store())).contains("mark good\">REACHABLE").doesNotContain("ongoing");
  }

  @Test
  void store_outages_theLastIsFirst() {
    for (String cause : List.of("first.Cause", "second.Cause")) {
      statistics.store().outageBegan(StoreCounts.Part.STORE, cause);
      statistics.store().outageEnded(StoreCounts.Part.STORE);
    }

    assertThat(json(store())).containsSubsequence("second.Cause", "first.Cause");
  }

  @Test
  void store_calls_haveLatenciesAndShareOfCache() {
    statistics.store().called(StoreCounts.Operation.FIND, StoreCounts.Result.ANSWERED, 2_000_000);
    statistics.store().cacheMiss();
    for (int i = 0; i < 3; i++) {
      statistics.store().cacheHit();
    }

    assertThat(json(store()))
        .contains("\"cacheHits\":3,\"cacheMisses\":1,\"cacheHitShare\":0.75")
        .contains("\"operation\":\"FIND\",\"median\":0.002")
        .contains("{\"operation\":\"FIND\",\"result\":\"ANSWERED\",\"count\":1}");
    assertThat(html(store())).contains("75.0 %", " ms</td>");
  }

  @Test
  void store_unused_isTheFileOfTheLibrary() {
    Section section = StoreSection.of(List.of(), statistics.store().snapshot(), now);

    assertThat(json(section))
        .contains("\"kind\":\"H2 file of this library\"", "\"cacheHitShare\":null");
    assertThat(html(section))
        .contains("No outage since the start.", "mark neutral\">OPENING")
        .contains("No request has called the store since the start.");
  }

  // ---- platform

  private static PlatformStatus platform(State state, Fetch fetch, Long lost, String... faults) {
    return new PlatformStatus(
        state,
        START,
        new DataFile(Origin.PLATFORM, "platform.example", START, 3),
        fetch,
        new Events(5L, 7L, lost),
        List.of("A finding"),
        List.of(faults));
  }

  private Section section(PlatformStatus status) {
    return PlatformSection.of(status, statistics.platform().snapshot(), now);
  }

  @Test
  void platform_ready_hasAgeFetchEventsAndFindings() {
    now = START.plusSeconds(60);
    String json = json(section(platform(State.READY, new Fetch(START, 304, null), 0L)));

    assertThat(json)
        .contains("\"state\":\"READY\",\"readySince\":\"2026-11-29T10:00:00Z\"")
        .contains("\"dataFileOrigin\":\"PLATFORM\",\"dataFileSource\":\"platform.example\"")
        .contains("\"dataFileAge\":60.0,\"featureCount\":3")
        .contains("\"lastFetch\":\"2026-11-29T10:00:00Z\",\"lastFetchStatus\":\"304\"")
        .contains("\"eventsPending\":5,\"eventsSent\":7,\"eventsLost\":0")
        .contains("\"findings\":[{\"text\":\"A finding\"}]");
  }

  @ParameterizedTest
  @CsvSource({
    "READY, '', good",
    "NOT_READY, '', neutral",
    "NO_CLIENT, '', neutral",
    "STOPPED, '', bad",
    "READY, A fault, bad",
    "NO_CLIENT, A fault, bad"
  })
  void platform_anyState_isMarked(State state, String fault, String level) {
    PlatformStatus status =
        fault.isEmpty() ? platform(state, null, 0L) : platform(state, null, 0L, fault);

    assertThat(html(section(status))).contains("mark " + level + "\">" + state).contains(fault);
  }

  @Test
  void platform_faults_areMarked() {
    String html = html(section(platform(State.READY, new Fetch(START, 500, "refused"), 1_200L)));

    assertThat(html).contains("mark bad\">500, refused<", "mark bad\">1,200<");
    assertThat(html(section(platform(State.READY, new Fetch(START, null, "no answer"), 0L))))
        .contains("mark bad\">no answer<");
    assertThat(json(section(platform(State.READY, new Fetch(START, null, null), null))))
        .contains("\"lastFetchStatus\":\"read\"", "\"eventsLost\":null");
    assertThat(json(section(platform(State.READY, null, null)))).contains("\"lastFetch\":null");
  }

  @Test
  void platform_requests_haveStatusAndTimeOfTheLast() {
    statistics.platform().requested(Type.EVENTS, 500);
    now = START.plusSeconds(1);
    statistics.platform().requested(Type.EVENTS, 200);
    statistics.platform().requested(Type.TOKEN, 0);

    assertThat(json(section(platform(State.READY, null, 0L))))
        .contains(
            "{\"type\":\"EVENTS\",\"status\":\"200\",\"count\":1,\"last\":\"2026-11-29T10:00:01Z\"}")
        .contains("{\"type\":\"EVENTS\",\"status\":\"500\",\"count\":1,\"last\":null}")
        .contains("\"type\":\"TOKEN\",\"status\":\"no answer\"");
  }

  // ---- features

  private static FeatureDescription feature(Boolean enabled, String... findings) {
    return new FeatureDescription(
        "banner",
        enabled,
        "off",
        List.of(new FeatureDescription.Variation("on", "The banner", List.of(11, 12))),
        List.of(
            new FeatureDescription.Rule(
                7,
                "EXPERIMENTATION",
                0.5,
                71,
                List.of(new FeatureDescription.Share("on", 11, 0.25)),
                "device is PHONE")),
        List.of(findings));
  }

  private Section features(FeatureDescription... features) {
    return FeaturesSection.of(List.of(features), statistics.decisions().snapshot());
  }

  @Test
  void features_withReads_haveRulesSharesAndCounts() {
    statistics.decisions().read(Variation.of("banner", "on", 11, 71, Map.of(), Reason.ASSIGNED));
    statistics.decisions().read(Variation.off("other", Reason.NOT_FOUND));

    assertThat(json(features(feature(true))))
        .contains("\"key\":\"banner\",\"enabled\":true,\"defaultVariation\":\"off\"")
        .contains("\"readsSinceStart\":1")
        .contains(
            "{\"id\":\"7\",\"type\":\"EXPERIMENTATION\",\"segment\":\"device is PHONE\","
                + "\"exposition\":0.5,\"shares\":[\"on 25.0 %\"],\"experimentId\":\"71\"}")
        .contains("{\"key\":\"on\",\"name\":\"The banner\",\"ids\":[\"11\",\"12\"]}")
        .contains("\"reads\":[{\"variation\":\"on\",\"reason\":\"ASSIGNED\",\"count\":1}]")
        .contains(
            "\"unknown\":[{\"feature\":\"*\",\"variation\":\"off\",\"reason\":\"NOT_FOUND\",\"count\":1}]");
    assertThat(html(features(feature(true))))
        .contains("mark good\">enabled", "read 1 time<", "50.0 %")
        .contains("aria-label=\"Variations: banner\"");
  }

  @Test
  void features_ofEachState_areMarked() {
    assertThat(html(features(feature(false)))).contains("mark neutral\">disabled", "read 0 times<");
    assertThat(html(features(feature(null)))).contains("mark neutral\">unknown");
    assertThat(html(features(feature(true, "A fault")))).contains("mark bad\">findings: 1");
    assertThat(html(features())).contains("No features").doesNotContain("Reads of other features");
    assertThat(json(features(FeatureDescription.ofKey("a")))).contains("\"defaultVariation\":null");
  }

  // ---- visitors

  @Test
  void visitors_requests_areInTableChartsAndWarnings() {
    statistics.requests().ended(Outcome.RESTORED);
    statistics.warnings().detected(WarningCounts.Kind.SHARED_USER_ID);
    Section section =
        VisitorsSection.of(statistics.requests().snapshot(), statistics.warnings().snapshot());

    assertThat(json(section))
        .contains("{\"outcome\":\"RESTORED\",\"requests\":1,\"meaning\":\"The browser got")
        .contains("{\"from\":\"2026-11-29T10:00:00Z\",\"ISSUED\":0", "\"RESTORED\":1")
        .contains("\"kind\":\"SHARED_USER_ID\"", "\"count\":1,\"first\":\"2026-11-29T10:00:00Z\"");
    assertThat(html(section))
        .contains("<svg", "class=\"s-restored\"", "The last hour, by minute, as a table")
        .contains("mark bad\">SHARED_USER_ID")
        .containsOnlyOnce("aria-label=\"The last day, by hour\"");
  }

  @Test
  void visitors_noRequest_haveNoChart() {
    Section section = VisitorsSection.of(statistics.requests().snapshot(), List.of());

    assertThat(html(section))
        .contains("No sign of wrong user ids.")
        .doesNotContain("<svg", "as a table");
    for (Outcome outcome : Outcome.values()) {
      assertThat(json(section)).contains("\"outcome\":\"" + outcome + "\",\"requests\":0");
    }
  }

  // ---- last resolutions, settings

  @Test
  void recent_resolutions_areMaskedAndTheLastIsFirst() {
    UserKey key = new UserKey("0123456789abcdef".repeat(4));
    statistics.recent().add(Outcome.LINKED, new VisitorCode("abcdefghij123456"), key, "/cart?a=b");
    statistics.recent().add(Outcome.ISSUED, new VisitorCode("zyxwvutsrq123456"), null, "/<a>");
    Section section = RecentSection.of(statistics.recent());

    assertThat(json(section))
        .containsSubsequence("\"path\":\"/<a>\"", "\"outcome\":\"LINKED\",\"code\":\"abcd")
        .contains("\"user\":null", "\"path\":\"/cart\"")
        .doesNotContain("abcde", "0123456789", "a=b");
    assertThat(html(section)).contains("/&lt;a&gt;").doesNotContain("<a>");
  }

  @Test
  void recent_none_namesTheReason() {
    assertThat(html(RecentSection.of(statistics.recent()))).contains("No request since the start.");
    assertThat(html(RecentSection.of(new Statistics(0).recent())))
        .contains("The setting recentResolutions is 0");
  }

  @Test
  void settings_inEffect_areRows() {
    Section section =
        SettingsSection.of(List.of(new SettingInEffect("mode", "decide", "default", true)));

    assertThat(json(section))
        .isEqualTo(
            "{\"inEffect\":[{\"name\":\"mode\",\"value\":\"decide\",\"origin\":\"default\"}]}}");
  }
}
