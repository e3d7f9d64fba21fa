package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;

import com.kameleoon.configuration.DataFile;
import com.kameleoon.configuration.FeatureFlag;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import org.junit.jupiter.api.Test;

/** Tests the list of one visitor's decisions. */
class DecisionListTest {

  private final DataFile file =
      new DataFile(
          MemoryWorld.json(new SegmentedFile().feature("one").feature("other").toString()), null);
  private final FeatureFlag one = file.getFeatureFlags().get("one");
  private final FeatureFlag other = file.getFeatureFlags().get("other");

  private static SdkDecision decision(String key) {
    return new SdkDecision(Variation.off(key, Reason.DEFAULT), null);
  }

  @Test
  void find_featureOfAnotherDataFile_isNotFound() {
    DecisionList list = DecisionList.add(null, one, 1, 1, decision("one"));

    assertThat(DecisionList.find(list, one, null)).isSameAs(list.decision());
    assertThat(DecisionList.find(list, other, null)).isNull();
    assertThat(DecisionList.find(null, one, null)).isNull();
  }

  @Test
  void add_manyCombinationsOfSegments_keepsTheNewestAndOtherFeatures() {
    DecisionList list = DecisionList.add(null, other, 1, 1, decision("other"));
    for (int met = 0; met < 100; met++) {
      list = DecisionList.add(list, one, 7, met, decision("one"));
      assertThat(list.length()).isBetween(2, DecisionList.MAX_OF_FEATURE + 1);
      assertThat(DecisionList.find(list, other, null)).isNotNull();
      int newest = met;
      for (DecisionList kept = list; kept.flag() == one; kept = kept.next()) {
        assertThat(kept.met()).isEqualTo(newest--);
      }
    }
  }
}
