package io.github.kameleoonservlet.benchmark;

import com.kameleoon.KameleoonException;
import io.github.kameleoonservlet.internal.kameleoon.OfflineSdk;
import java.nio.file.Path;

/** Kameleoon's SDK without this library. */
final class SdkDecider implements Decider<String> {

  private final OfflineSdk sdk;

  SdkDecider(Path dataFile) {
    sdk = OfflineSdk.open(dataFile);
  }

  @Override
  public String title() {
    return "Kameleoon's SDK";
  }

  @Override
  public String visitor(String code) {
    return code;
  }

  @Override
  public String decide(String visitor) throws KameleoonException {
    return sdk.client().getFeatureVariationKey(visitor, BenchmarkDataFile.feature(0));
  }

  @Override
  public void close() {
    sdk.close();
  }
}
