package io.github.kameleoonservlet.benchmark;

import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.kameleoon.KameleoonDecisionProvider;
import io.github.kameleoonservlet.internal.kameleoon.SdkStart;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import java.nio.file.Path;

/** The library, called as by the filter: each read belongs to another request. */
final class LibraryDecider implements Decider<VisitorCode> {

  private final KameleoonDecisionProvider provider;

  LibraryDecider(Path dataFile) {
    provider = SdkStart.open(PlatformSettings.offline(dataFile.toString()), TargetingSettings.NONE);
  }

  @Override
  public String title() {
    return "this library";
  }

  @Override
  public VisitorCode visitor(String code) {
    return new VisitorCode(code);
  }

  @Override
  public String decide(VisitorCode visitor) {
    return provider
        .decide(visitor, BenchmarkDataFile.feature(0), /* exposure= */ true, RequestFacts.none())
        .getKey();
  }

  @Override
  public void close() {
    provider.close();
  }
}
