package io.github.kameleoonservlet.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VariationTest {

  @Test
  void off_isNotActiveAndHasNothing() {
    Variation off = Variation.off("banner", Reason.NOT_READY);

    assertThat(off.isActive()).isFalse();
    assertThat(off.getFeatureKey()).isEqualTo("banner");
    assertThat(off.getKey()).isEqualTo("off");
    assertThat(off.getId()).isNull();
    assertThat(off.getExperimentId()).isNull();
    assertThat(off.getVariables()).isEmpty();
    assertThat(off.getReason()).isEqualTo(Reason.NOT_READY);
  }

  @Test
  void decided_isActiveAndHasWhatWasDecided() {
    Variation on = Variation.of("banner", "on", 11, 7, Map.of("title", "Hello"), Reason.ASSIGNED);

    assertThat(on.isActive()).isTrue();
    assertThat(on.getId()).isEqualTo(11);
    assertThat(on.getExperimentId()).isEqualTo(7);
    assertThat(on).hasToString("Variation[banner=on, ASSIGNED]");
  }

  @Test
  void variables_areACopyThatNobodyChanges() {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("title", null);
    Variation on = Variation.of("banner", "on", 11, 7, given, Reason.ASSIGNED);
    given.put("more", 1);

    assertThat(on.getVariables()).containsOnlyKeys("title").containsEntry("title", null);
    assertThatThrownBy(() -> on.getVariables().put("more", 1))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
