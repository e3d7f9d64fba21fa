package io.github.kameleoonservlet.internal.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.internal.targeting.BrowserFacts;
import io.github.kameleoonservlet.internal.targeting.BrowserType;
import org.junit.jupiter.api.Test;

class BrowserFactsCacheTest {

  private final BrowserFactsCache cache = new BrowserFactsCache();

  @Test
  void userAgent_sameBrowser_isClassifiedOnce() {
    BrowserFacts first = cache.of("Mozilla/5.0 Firefox/120.0");

    assertThat(first.type()).isEqualTo(BrowserType.FIREFOX);
    assertThat(cache.of(new String("Mozilla/5.0 Firefox/120.0".toCharArray()))).isSameAs(first);
    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void userAgent_missing_isUnknown() {
    assertThat(cache.of(null)).isEqualTo(BrowserFacts.UNKNOWN);
  }

  @Test
  void userAgent_longerThan512Characters_isClassifiedButNotKept() {
    String longest = "Firefox/120" + "x".repeat(501);

    assertThat(cache.of(longest + "x").type()).isEqualTo(BrowserType.FIREFOX);
    assertThat(cache.size()).isZero();
    assertThat(cache.of(longest).type()).isEqualTo(BrowserType.FIREFOX);
    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void cache_5000Browsers_keeps1000() {
    for (int i = 0; i < 5000; i++) {
      assertThat(cache.of("Firefox/" + (1000 + i)).version()).isEqualTo(1000f + i);
    }

    assertThat(cache.size()).isEqualTo(1000);
  }
}
