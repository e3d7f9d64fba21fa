package io.github.kameleoonservlet.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.statistics.RecentResolutions.Resolution;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecentResolutionsTest {

  private static final UserKey USER = new UserKey("0123456789abcdef".repeat(4));

  private final SteppedClock clock = new SteppedClock("2026-03-01T10:00:00Z");

  @Test
  void resolution_ofAUser_showsTimeOutcomeAndPathAndMasksTheRest() {
    RecentResolutions recent = new RecentResolutions(50, clock);

    recent.add(Outcome.LINKED, new VisitorCode("abcdefghijklmnop"), USER, "/shop/orders");

    assertThat(recent.snapshot())
        .containsExactly(
            new Resolution(clock.instant(), Outcome.LINKED, "abcd…", "01234567…", "/shop/orders"));
  }

  @ParameterizedTest
  @CsvSource({"abc, …", "abcd, a…", "abcdefghijklmnopqrstuvwxyz, abcd…"})
  void code_ofAnyLength_showsAtMostAQuarterAndFourCharacters(String code, String shown) {
    RecentResolutions recent = new RecentResolutions(1, clock);

    recent.add(Outcome.ISSUED, new VisitorCode(code), null, "/");

    assertThat(recent.snapshot().get(0).code()).isEqualTo(shown);
    assertThat(recent.snapshot().get(0).user()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "/shop/pay;jsessionid=0123, /shop/pay",
    "/shop;jsessionid=0123/pay, /shop",
    "/shop/pay?card=0123, /shop/pay",
    "/?a;b, /",
    "/a;b?c, /a"
  })
  void path_withParametersOrQuery_isCut(String path, String shown) {
    RecentResolutions recent = new RecentResolutions(1, clock);

    recent.add(Outcome.ISSUED, new VisitorCode("abcdefgh"), null, path);

    assertThat(recent.snapshot().get(0).path()).isEqualTo(shown);
  }

  @Test
  void path_longerThanTheLimit_isShortened() {
    RecentResolutions recent = new RecentResolutions(2, clock);

    recent.add(Outcome.ISSUED, new VisitorCode("abcdefgh"), null, "x".repeat(200));
    recent.add(Outcome.ISSUED, new VisitorCode("abcdefgh"), null, "x".repeat(201));

    assertThat(recent.snapshot())
        .extracting(Resolution::path)
        .containsExactly("x".repeat(200) + "…", "x".repeat(200));
  }

  @Test
  void resolutions_moreThanTheSize_keepTheNewest() {
    RecentResolutions recent = new RecentResolutions(3, clock);
    for (int i = 0; i < 5; i++) {
      recent.add(Outcome.ISSUED, new VisitorCode("abcdefgh"), null, "/" + i);
      clock.pass(Duration.ofSeconds(1));
    }

    assertThat(recent.isOn()).isTrue();
    assertThat(recent.snapshot()).extracting(Resolution::path).containsExactly("/4", "/3", "/2");
  }

  @Test
  void resolutions_ofSizeZero_areNotKept() {
    RecentResolutions recent = new RecentResolutions(0, clock);

    recent.add(Outcome.ISSUED, new VisitorCode("abcdefgh"), null, "/");

    assertThat(recent.isOn()).isFalse();
    assertThat(recent.snapshot()).isEmpty();
  }
}
