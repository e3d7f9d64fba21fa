package io.github.kameleoonservlet.internal.targeting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestFactsTest {

  @Test
  void none_everyDatum_isMissing() {
    RequestFacts none = RequestFacts.none();
    none.memory().put("key", "value");

    assertThat(none.pageUrl()).isNull();
    assertThat(none.previousPage()).isNull();
    assertThat(none.pageTitle()).isNull();
    assertThat(none.isPageView()).isFalse();
    assertThat(none.browser()).isEqualTo(BrowserFacts.UNKNOWN);
    assertThat(none.cookies()).isEmpty();
    assertThat(none.geolocation()).isNull();
    assertThat(none.customData()).isEmpty();
    assertThat(none.addedCustomData()).isEmpty();
    assertThat(none.memory()).as("the one instance belongs to all requests").isEmpty();
  }
}
