package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.decision.Variation;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The script that reports the experiments of a prefetched page to Kameleoon's web SDK when the
 * browser shows the page. The browser runs the scripts of a prefetched page when it shows the page.
 * The browser runs the scripts of a prerendered page earlier, and shows the page at {@code
 * prerenderingchange}.
 */
final class PrefetchedExposures {

  private static final String BEGIN =
      "(function(d,f){if(d.prerendering)d.addEventListener('prerenderingchange',f);else f()})"
          + "(document,function(){window.kameleoonQueue=window.kameleoonQueue||[];";

  /** The two commands that SDK 4.5.0 writes in its engine tracking code. */
  private static final String EXPERIMENT =
      "window.kameleoonQueue.push(['Experiments.assignVariation',%d,%d]);"
          + "window.kameleoonQueue.push(['Experiments.trigger',%d,true]);";

  private static final String END = "});";

  private PrefetchedExposures() {}

  /**
   * Returns the script, in ECMAScript 5.
   *
   * @param read the variations that the page has read
   * @return the script; empty if no experiment assigned any of the variations
   */
  static String script(Collection<Variation> read) {
    Map<Integer, Integer> experiments = new LinkedHashMap<>();
    for (Variation variation : read) {
      Integer experiment = variation.getExperimentId();
      Integer id = variation.getId();
      if (experiment != null && id != null) {
        experiments.put(experiment, id);
      }
    }
    if (experiments.isEmpty()) {
      return "";
    }
    StringBuilder script = new StringBuilder(BEGIN);
    experiments.forEach(
        (experiment, id) -> script.append(EXPERIMENT.formatted(experiment, id, experiment)));
    return script.append(END).toString();
  }
}
