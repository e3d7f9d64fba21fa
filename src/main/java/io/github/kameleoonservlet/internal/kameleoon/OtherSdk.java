package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.KameleoonClient;
import com.kameleoon.KameleoonException;
import com.kameleoon.data.Data;
import com.kameleoon.network.Sendable;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.internal.outage.FirstOccurrences;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The decisions of an SDK whose internals differ from 4.5.0. Uses public calls only: {@code
 * getVariation(code, feature, track)} and {@code addData(code, track, data)}, which the vendor
 * documents for newer versions, or otherwise the calls of 4.5.0. Passes the facts of a request to
 * the SDK before the decision, under a lock of the visitor. Thread-safe.
 */
final class OtherSdk {

  private static final Logger LOG = LoggerFactory.getLogger(KameleoonDecisionProvider.class);
  private static final int LOCKS = 64;

  /** Shorter than a session, because the SDK drops a visitor at the end of a session. */
  private static final long GIVEN_AGAIN_MILLIS = 300_000;

  private final KameleoonClient client;
  private final @Nullable MethodHandle getVariation;
  private final @Nullable MethodHandle addUntracked;
  private final GivenFacts given = new GivenFacts(GIVEN_AGAIN_MILLIS);
  private final List<Object> locks = new ArrayList<>();
  private final FirstOccurrences missingCall = new FirstOccurrences();

  OtherSdk(KameleoonClient client) {
    this.client = client;
    this.getVariation =
        find(
            client,
            "getVariation",
            MethodType.methodType(
                com.kameleoon.types.Variation.class, String.class, String.class, boolean.class));
    this.addUntracked =
        find(
            client,
            "addData",
            MethodType.methodType(void.class, String.class, boolean.class, Data[].class));
    for (int i = 0; i < LOCKS; i++) {
      locks.add(new Object());
    }
  }

  private static @Nullable MethodHandle find(KameleoonClient client, String name, MethodType type) {
    List<Class<?>> places = new ArrayList<>(List.of(KameleoonClient.class));
    places.addAll(List.of(client.getClass().getInterfaces()));
    for (Class<?> place : places) {
      try {
        return MethodHandles.publicLookup().findVirtual(place, name, type).bindTo(client);
      } catch (ReflectiveOperationException | LinkageError e) {
        // The SDK or this interface does not have the call.
      }
    }
    return null;
  }

  /** Decides a feature. Tracks the exposure only if {@code exposure} is true. */
  OtherSdkDecision decide(String code, String featureKey, boolean exposure, RequestFacts facts)
      throws KameleoonException {
    synchronized (locks.get(Math.floorMod(code.hashCode(), LOCKS))) {
      give(code, facts);
      return getVariation != null
          ? byVariation(getVariation, code, featureKey, exposure)
          : byKey(code, featureKey, exposure);
    }
  }

  private void give(String code, RequestFacts facts) throws KameleoonException {
    Data[] data = given.changed(code, facts).toArray(new Data[0]);
    if (data.length == 0) {
      return;
    }
    if (addUntracked != null) {
      call(() -> addUntracked.invoke(code, false, data));
      return;
    }
    if (missingCall.isFirst()) {
      LOG.warn(
          "The Kameleoon SDK is another version than 4.5.0, without addData(code,"
              + " track, data): if a visitor meets a condition on a URL once, the visitor"
              + " meets the condition on all later pages. Use SDK 4.5.0, or a version with"
              + " that call. Logged once.");
    }
    for (Data datum : data) {
      if (datum instanceof Sendable event) {
        event.markAsSent();
      }
    }
    client.addData(code, data);
  }

  private static OtherSdkDecision byVariation(
      MethodHandle getVariation, String code, String featureKey, boolean exposure)
      throws KameleoonException {
    com.kameleoon.types.Variation variation =
        call(() -> (com.kameleoon.types.Variation) getVariation.invoke(code, featureKey, exposure));
    Integer id = variation.getId();
    return new OtherSdkDecision(
        variation.getKey(),
        id,
        id == null ? null : variation.getExperimentId(),
        id == null ? Reason.DEFAULT : Reason.ASSIGNED);
  }

  private OtherSdkDecision byKey(String code, String featureKey, boolean exposure)
      throws KameleoonException {
    if (exposure) {
      return withoutIds(client.getFeatureVariationKey(code, featureKey));
    }
    com.kameleoon.types.Variation active = client.getActiveFeatures(code).get(featureKey);
    if (active != null) {
      return new OtherSdkDecision(
          active.getKey(), active.getId(), active.getExperimentId(), Reason.ASSIGNED);
    }
    try {
      // Called only for its exceptions: the feature may be unknown or disabled.
      client.getFeatureVariationVariables(featureKey, Variation.OFF);
    } catch (KameleoonException.FeatureVariationNotFound e) {
      // A feature need not declare the variation "off".
    }
    return withoutIds(Variation.OFF);
  }

  private static OtherSdkDecision withoutIds(String key) {
    return new OtherSdkDecision(
        key, null, null, Variation.OFF.equals(key) ? Reason.DEFAULT : Reason.ASSIGNED);
  }

  private static <T> T call(Call<T> call) throws KameleoonException {
    try {
      return call.make();
    } catch (KameleoonException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @FunctionalInterface
  private interface Call<T> {
    T make() throws Throwable;
  }
}
