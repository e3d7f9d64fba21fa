package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.api.ApiJson;
import io.github.kameleoonservlet.internal.api.Problem;
import io.github.kameleoonservlet.internal.decision.ExplainedFeature;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the JSON API: what each does, and its answer. A call checks its fields before it
 * changes anything. A null answer means 204. Stateless and thread-safe.
 */
final class ApiCalls {

  private ApiCalls() {}

  static JsonObjectBuilder visitorCode(ApiCaller caller) throws Problem {
    return identity(caller, caller.resolve());
  }

  static JsonObjectBuilder syncVisitor(ApiCaller caller) throws Problem {
    caller.content().visitorCode();
    return identity(caller, caller.resolve());
  }

  static JsonObjectBuilder variation(ApiCaller caller) throws Problem {
    String featureKey = caller.fields().text("featureKey");
    boolean track = caller.fields().optionalTruth("track");
    boolean explain = caller.fields().optionalTruth("explain");
    caller.content().announced();
    if (explain && !caller.visitor().isExplainable()) {
      throw new Problem(
          403,
          "No explanation",
          "The setting explainFor does not allow the caller to read explanations.");
    }
    Set<String> featureKeys = caller.scope().featureKeys();
    // This check precedes every change. Until the data file has arrived, no key is known.
    if (!featureKeys.isEmpty() && !featureKeys.contains(featureKey)) {
      throw new Problem(404, "No such feature", "The data file has no feature with this key.");
    }
    Reconciliation resolved = caller.resolve();
    // The SDK would log the key of an unknown feature, which the caller chooses.
    Variation variation =
        featureKeys.isEmpty()
            ? Variation.off(featureKey, Reason.NOT_READY)
            : caller.scope().decide(featureKey, track);
    JsonObjectBuilder answer =
        code(resolved).add("featureKey", featureKey).addAll(ApiJson.variation(variation));
    return explain
        ? answer.add(
            "explanation",
            ApiJson.explanation(
                featureKeys.isEmpty()
                    ? ExplainedFeature.withoutRules(variation)
                    : caller.visitor().explain(featureKey)))
        : answer;
  }

  static JsonObjectBuilder variations(ApiCaller caller) throws Problem {
    Reconciliation resolved = caller.resolve();
    JsonObjectBuilder variations = Json.createObjectBuilder();
    for (String featureKey : new TreeSet<>(caller.scope().featureKeys())) {
      variations.add(featureKey, ApiJson.variation(caller.scope().decide(featureKey, false)));
    }
    return code(resolved).add("variations", variations);
  }

  static @Nullable JsonObjectBuilder conversion(ApiCaller caller) throws Problem {
    int goalId = caller.fields().wholeNumber("goalId");
    double revenue = caller.fields().optionalNumber("revenue");
    Reconciliation resolved = caller.resolve();
    if (resolved.decided().outcome() == Outcome.UNRESOLVED
        && caller.scope().isMeasured()
        && !caller.scope().isPreviewed()) {
      // The application cannot determine the caller now: a retry can still count the conversion.
      throw ApiCaller.tryAgain();
    }
    caller.visitor().trackConversion(goalId, revenue);
    return null;
  }

  static JsonObjectBuilder consent(ApiCaller caller) throws Problem {
    boolean granted = caller.fields().truth("granted");
    caller.refuseUnlessMeasured();
    if (!caller.scope().answerConsent(granted, caller.content().announced())) {
      throw new Problem(
          409,
          "Consent is decided elsewhere",
          "This application requires no consent, or has its own consent tool.");
    }
    return identity(caller, caller.resolved());
  }

  static @Nullable JsonObjectBuilder erase(ApiCaller caller) throws Problem {
    caller.refuseUnlessMeasured();
    VisitorCode announced = caller.content().announced();
    if (announced != null) {
      // Links a user without a code to the announced code, so that the store never links it again.
      caller.resolveForErasure(announced);
    }
    caller.scope().erase();
    return null;
  }

  private static JsonObjectBuilder identity(ApiCaller caller, Reconciliation resolved) {
    return code(resolved)
        .add("known", caller.visitor().isKnown())
        .add("outcome", resolved.outcome().name());
  }

  private static JsonObjectBuilder code(Reconciliation resolved) {
    return Json.createObjectBuilder()
        .add(
            "visitorCode",
            ApiJson.value(resolved.outcome().isRequestOnly() ? null : resolved.code().value()));
  }
}
