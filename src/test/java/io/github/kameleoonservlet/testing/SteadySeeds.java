package io.github.kameleoonservlet.testing;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Sets the same random seed in each build, so that each commit always has the same result. {@code
 * -Dkameleoon.seed=random} draws new inputs, {@code -Dkameleoon.seed=<number>} repeats a seed.
 */
public final class SteadySeeds implements AroundPropertyHook {

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    String seed = System.getProperty("kameleoon.seed", "20261122");
    PropertyAttributes attributes = context.attributes();
    if (!seed.equals("random") && attributes.seed().isEmpty()) {
      attributes.setSeed(seed);
    }
    return property.execute();
  }
}
