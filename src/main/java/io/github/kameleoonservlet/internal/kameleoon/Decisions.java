package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.KameleoonException;
import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.RuleExplanation;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.internal.decision.ExplainedFeature;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The decisions and explanations of a client. Converts the SDK's exceptions to reasons.
 * Thread-safe.
 */
final class Decisions {

  private static final Logger LOG = LoggerFactory.getLogger(KameleoonDecisionProvider.class);

  private final VisitorContexts contexts;
  private final TargetingTasks targeting;
  private final SdkFailures failures;
  private final boolean offline;

  /**
   * Creates decisions.
   *
   * @param offline whether the data file is a local file, which is always present
   */
  Decisions(
      VisitorContexts contexts, TargetingTasks targeting, SdkFailures failures, boolean offline) {
    this.contexts = contexts;
    this.targeting = targeting;
    this.failures = failures;
    this.offline = offline;
  }

  /** Returns the variation {@code off} with the reason NOT_READY, for the time without a client. */
  Variation notReady(String featureKey) {
    return off(featureKey, Reason.NOT_READY, null);
  }

  /** Decides a feature. Logs the explanation at DEBUG. */
  Variation decide(
      SdkClient client, String code, String featureKey, boolean exposure, RequestFacts facts) {
    Variation variation = decided(client, code, featureKey, exposure, facts);
    // An unknown key may come from a client, and must not fill the log.
    if (LOG.isDebugEnabled() && variation.getReason() != Reason.NOT_FOUND) {
      LOG.debug("{}", DecisionLine.of(explained(client, code, variation, facts)));
    }
    return variation;
  }

  /** Explains a decision. Tracks and sends nothing. */
  Explanation explain(SdkClient client, String code, String featureKey, RequestFacts facts) {
    return explained(client, code, decided(client, code, featureKey, false, facts), facts);
  }

  private Variation decided(
      SdkClient client, String code, String featureKey, boolean exposure, RequestFacts facts) {
    targeting.examineNewFile(client);
    try {
      return evaluated(client, code, featureKey, exposure, facts);
    } catch (StackOverflowError e) {
      // The SDK evaluates a segment by recursion, and a segment can have thousands of conditions.
      return off(featureKey, Reason.ERROR, e);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      // For example, SDK 4.5.0 throws NullPointerException for a rule without experimentId.
      return off(featureKey, Reason.ERROR, e);
    }
  }

  private Variation evaluated(
      SdkClient client, String code, String featureKey, boolean exposure, RequestFacts facts)
      throws KameleoonException {
    try {
      if (exposure) {
        contexts.giveTo(client.sdk(), code);
      }
      return client.decide(code, featureKey, exposure, facts);
    } catch (KameleoonException.FeatureNotFound e) {
      boolean ready = offline || client.ready();
      return off(featureKey, ready ? Reason.NOT_FOUND : Reason.NOT_READY, null);
    } catch (KameleoonException.FeatureEnvironmentDisabled e) {
      return off(featureKey, Reason.DISABLED, null);
    }
  }

  private Variation off(String featureKey, Reason reason, @Nullable Throwable cause) {
    failures.log(featureKey, reason, cause);
    return Variation.off(featureKey, reason);
  }

  private Explanation explained(
      SdkClient client, String code, Variation variation, RequestFacts facts) {
    String featureKey = variation.getFeatureKey();
    List<RuleExplanation> rules = List.of();
    try {
      rules = client.explain(code, featureKey, facts);
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) {
      LOG.debug(
          "Cannot explain the rules of a feature. The reason of its variation shows the"
              + " cause.");
    }
    List<String> findings = new ArrayList<>(targeting.findings(featureKey));
    findings.addAll(client.notes(featureKey));
    return new ExplainedFeature(variation, rules, findings);
  }
}
