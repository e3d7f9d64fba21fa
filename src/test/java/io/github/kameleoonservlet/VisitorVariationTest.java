package io.github.kameleoonservlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that an application's fake visitor needs only a plain map. */
class VisitorVariationTest {

  private static final Variation OFFER =
      Variation.of("offer", "treatment", 11, 7, Map.of(), Reason.ASSIGNED);

  private final Visitor visitor = fake(Map.of("offer", OFFER));

  @Test
  void variation_fakeVisitor_comesFromItsMap() {
    assertThat(visitor.variation("offer")).isSameAs(OFFER);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "unknown"})
  void variation_unknownFeature_isOffWithReason(String featureKey) {
    Variation variation = visitor.variation(featureKey);

    assertThat(variation.getKey()).isEqualTo("off");
    assertThat(variation.getFeatureKey()).isEqualTo(featureKey == null ? "" : featureKey);
    assertThat(variation.getReason()).isEqualTo(Reason.NOT_FOUND);
  }

  private static Visitor fake(Map<String, Variation> variations) {
    return (Visitor)
        Proxy.newProxyInstance(
            Visitor.class.getClassLoader(),
            new Class<?>[] {Visitor.class},
            (proxy, method, arguments) ->
                method.isDefault()
                    ? InvocationHandler.invokeDefault(proxy, method, arguments)
                    : variations);
  }
}
