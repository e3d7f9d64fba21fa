package io.github.kameleoonservlet.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.internal.statistics.PreviewCounts.Cause;
import org.junit.jupiter.api.Test;

class PreviewCountsTest {

  @Test
  void snapshot_hasCountOfEveryCause() {
    PreviewCounts counts = new PreviewCounts();
    counts.add(Cause.FORGED);
    counts.add(Cause.FORGED);
    counts.add(Cause.SIMULATION_REFUSED);

    assertThat(counts.snapshot().refused())
        .hasSize(Cause.values().length)
        .containsEntry(Cause.FORGED, 2L)
        .containsEntry(Cause.SIMULATION_REFUSED, 1L)
        .containsEntry(Cause.EXPIRED, 0L);
  }
}
