package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;

import com.kameleoon.data.manager.PageViewVisit;
import com.kameleoon.data.manager.VisitorManager;
import com.kameleoon.network.netprovider.NetProvider;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.targeting.BrowserType;
import io.github.kameleoonservlet.internal.targeting.DeviceType;
import io.github.kameleoonservlet.internal.targeting.OperatingSystem;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import io.github.kameleoonservlet.internal.targeting.TestFacts;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PageTrackingTest {

  private static final VisitorCode VISITOR = new VisitorCode("somebody");
  private static final TestFacts PAGE =
      TestFacts.NONE
          .withPage("https://shop.example/tea?a=b")
          .withTitle("Green tea & more")
          .withBrowser(BrowserType.SAFARI, 17.5f, OperatingSystem.IOS, DeviceType.PHONE);

  private KameleoonDecisionProvider provider;

  @AfterEach
  void close() {
    if (provider != null) {
      provider.close();
    }
  }

  private void open(boolean pageViews, boolean staticData) {
    provider =
        SdkStart.open(
            PlatformSettings.offline(DataFiles.SOUND.toString()),
            new TargetingSettings(false, false, Set.of(), false, pageViews, staticData));
  }

  private List<String> sent() {
    provider.close();
    return provider.offlineTraffic().orElseThrow().sentLines().stream()
        .map(line -> line.replaceAll("nonce=[0-9A-F]+", "nonce=N"))
        .toList();
  }

  @Test
  void page_bothSettings_sendsSameLinesAsWebSdk() {
    open(true, true);
    provider.trackPage(VISITOR, PAGE.withUserAgent("Mozilla/5.0 (X11)"));
    assertThat(sent())
        .containsExactlyInAnyOrder(
            "eventType=page&href=https%3A%2F%2Fshop.example%2Ftea%3Fa%3Db"
                + "&title=Green%20tea%20%26%20more&nonce=N&visitorCode=somebody"
                + "&userAgent=Mozilla%2F5.0%20(X11)",
            "eventType=staticData&browserIndex=3&nonce=N&browserVersion=17.5"
                + "&visitorCode=somebody",
            "eventType=staticData&os=IOS&osIndex=2&nonce=N&visitorCode=somebody",
            "eventType=staticData&deviceType=PHONE&nonce=N&visitorCode=somebody");
  }

  @Test
  void page_titleUnknown_isSentWithoutTitle() {
    open(true, false);
    provider.trackPage(VISITOR, TestFacts.NONE.withPage("https://shop.example/tea"));
    assertThat(sent())
        .containsExactly(
            "eventType=page&href=https%3A%2F%2Fshop.example%2Ftea&nonce=N"
                + "&visitorCode=somebody");
  }

  @Test
  void page_noSetting_sendsNothing() {
    open(false, false);
    provider.trackPage(VISITOR, PAGE);
    assertThat(sent()).isEmpty();
  }

  @Test
  void page_withoutData_sendsNothing() {
    open(true, true);
    provider.trackPage(VISITOR, RequestFacts.none());
    assertThat(sent()).isEmpty();
  }

  @Test
  void staticData_sameBrowserTwice_isSentOnce() {
    open(false, true);
    for (int i = 0; i < 5; i++) {
      provider.trackPage(VISITOR, PAGE);
    }
    provider.trackPage(new VisitorCode("other"), PAGE);
    assertThat(sent()).hasSize(6);
  }

  @Test
  void staticData_otherDeviceOfVisitor_isSentAgain() {
    open(false, true);
    provider.trackPage(VISITOR, PAGE);
    Awaitility.await().until(() -> provider.offlineTraffic().orElseThrow().sentLines().size() == 3);
    provider.trackPage(
        VISITOR,
        PAGE.withBrowser(BrowserType.CHROME, null, OperatingSystem.WINDOWS, DeviceType.DESKTOP));
    assertThat(sent())
        .hasSize(6)
        .contains("eventType=staticData&browserIndex=0&nonce=N&visitorCode=somebody");
  }

  @Test
  void trackedPage_left_doesNotMeetUrlConditions() throws Exception {
    Path folder = Files.createTempDirectory("tracked");
    Path file =
        new SegmentedFile()
            .feature(
                "tea",
                "{\"targetingType\":\"PAGE_URL\",\"isInclude\":true,\"url\":\"tea\","
                    + "\"matchType\":\"CONTAINS\"}")
            .in(folder);
    provider =
        SdkStart.open(
            PlatformSettings.offline(file.toString()),
            new TargetingSettings(false, false, Set.of(), false, true, true));
    provider.trackPage(VISITOR, PAGE);
    assertThat(provider.decide(VISITOR, "tea", true, PAGE).getKey()).isEqualTo("on");
    assertThat(
            provider
                .decide(VISITOR, "tea", true, PAGE.withPage("https://shop.example/cart"))
                .getKey())
        .isEqualTo("off");
  }

  @Test
  void pages_tenThousandOfOneVisitor_areSentAndReleased() throws Exception {
    PlatformSettings settings = PlatformSettings.offline(DataFiles.SOUND.toString());
    OfflineNetwork network = OfflineNetwork.open(settings.dataFile());
    AtomicInteger lines = new AtomicInteger();
    NetProvider counting =
        WatchedNetwork.around(
            network,
            (request, answer) -> {
              lines.addAndGet((int) request.getBodyText().lines().count());
              return true;
            });
    SdkClient client = SdkClients.own(SdkConfig.of(settings), counting);
    EventQueue queue = new EventQueue(new SdkFailures());
    queue.handOver(client.sdk());
    VisitorEvents events = new VisitorEvents(queue, new VisitorContexts(1_800_000, 10_000));
    PageTracking tracking =
        new PageTracking(
            new TargetingSettings(false, false, Set.of(), false, true, false), 1_800_000);
    int most = 0;
    for (int i = 0; i < 10_000; i++) {
      events.page(
          "somebody",
          tracking.events("somebody", TestFacts.NONE.withPage("https://shop.example/" + i)),
          client);
      most = Math.max(most, pages(client).size());
      if (i % 500 == 499) {
        client.internals().sendPending().get();
        int sent = i + 1;
        Awaitility.await().until(() -> lines.get() == sent);
      }
    }
    List<Long> times = new ArrayList<>();
    client.internals().trimPages("somebody");
    pages(client).values().forEach(page -> times.add(page.getLastTimestamp()));

    assertThat(most).isLessThanOrEqualTo(KnownPages.KEPT + 501);
    assertThat(pages(client)).hasSize(KnownPages.KEPT + 1);
    assertThat(pages(client).values().stream().mapToInt(PageViewVisit::getCount).sum())
        .isEqualTo(10_000);
    assertThat(Collections.frequency(times, 0L)).isEqualTo(1);
    client.close(Duration.ofSeconds(2));
  }

  @Test
  void pages_platformAcceptsNoEvents_keepsThousandWaiting() throws Exception {
    PlatformSettings settings = PlatformSettings.offline(DataFiles.SOUND.toString());
    OfflineNetwork network = OfflineNetwork.open(settings.dataFile());
    NetProvider broken = WatchedNetwork.around(network, (request, answer) -> false);
    SdkClient client = SdkClients.own(SdkConfig.of(settings), broken);
    EventQueue queue = new EventQueue(new SdkFailures());
    queue.handOver(client.sdk());
    VisitorEvents events = new VisitorEvents(queue, new VisitorContexts(1_800_000, 10_000));
    PageTracking tracking =
        new PageTracking(
            new TargetingSettings(false, false, Set.of(), false, true, false), 1_800_000);
    for (int i = 0; i < 3_000; i++) {
      events.page(
          "somebody",
          tracking.events("somebody", TestFacts.NONE.withPage("https://shop.example/" + i)),
          client);
    }
    assertThat(pages(client)).hasSizeLessThanOrEqualTo(KnownPages.WAITING + 2);
    client.close(Duration.ofMillis(1));
  }

  private static Map<String, PageViewVisit> pages(SdkClient client) throws Exception {
    Field field = client.sdk().getClass().getDeclaredField("visitorManager");
    field.setAccessible(true);
    return ((VisitorManager) field.get(client.sdk())).getVisitor("somebody").getPageViewVisits();
  }
}
