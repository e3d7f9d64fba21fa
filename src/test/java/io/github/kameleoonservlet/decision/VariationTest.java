package io.github.kameleoonservlet.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VariationTest {

  @Test
  void variation_off_isNotActiveAndHasNoValues() {
    Variation off = Variation.off("banner", Reason.NOT_READY);

    assertThat(off.isActive()).isFalse();
    assertThat(off.getFeatureKey()).isEqualTo("banner");
    assertThat(off.getKey()).isEqualTo("off");
    assertThat(off.getId()).isNull();
    assertThat(off.getExperimentId()).isNull();
    assertThat(off.getVariables()).isEmpty();
    assertThat(off.getReason()).isEqualTo(Reason.NOT_READY);
  }

  @Test
  void variation_decided_isActiveAndHasDecidedValues() {
    Variation on = Variation.of("banner", "on", 11, 7, Map.of("title", "Hello"), Reason.ASSIGNED);

    assertThat(on.isActive()).isTrue();
    assertThat(on.getId()).isEqualTo(11);
    assertThat(on.getExperimentId()).isEqualTo(7);
    assertThat(on).hasToString("Variation[banner=on, ASSIGNED]");
  }

  @Test
  void variables_mapChangedAfterwards_areUnmodifiableCopy() {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("title", null);
    Variation on = Variation.of("banner", "on", 11, 7, given, Reason.ASSIGNED);
    given.put("more", 1);

    assertThat(on.getVariables()).containsOnlyKeys("title").containsEntry("title", null);
    assertThatThrownBy(() -> on.getVariables().put("more", 1))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void variables_nested_areUnmodifiableCopies() {
    List<Object> list = new ArrayList<>(List.of(1));
    Map<String, Object> map = new LinkedHashMap<>(Map.of("list", list));
    Variation on = Variation.of("banner", "on", 11, 7, Map.of("map", map), Reason.ASSIGNED);
    list.add(2);
    map.put("more", 1);

    Map<?, ?> nested = (Map<?, ?>) on.getVariables().get("map");
    assertThat(nested).isEqualTo(Map.of("list", List.of(1)));
    assertThatThrownBy(() -> ((List<?>) nested.get("list")).clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(nested::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void decidedVariation_serializedAndReadBack_isEqual() throws Exception {
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put("text", "Hello");
    variables.put("nothing", null);
    variables.put("number", 1.5);
    variables.put("truth", true);
    variables.put("json", Map.of("list", Arrays.asList(1, null, Map.of("a", "b"))));
    Object noSerializable = new Object();
    variables.put("odd", noSerializable);
    Variation on = Variation.of("banner", "on", 11, 7, variables, Reason.ASSIGNED);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(on);
    Object read = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    assertThat(read).isEqualTo(on).hasSameHashCodeAs(on).isNotSameAs(on);
    assertThat(((Variation) read).getVariables())
        .containsEntry("nothing", null)
        .containsEntry("odd", noSerializable.toString());
    assertThatThrownBy(() -> ((Variation) read).getVariables().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(on).isNotEqualTo(Variation.off("banner", Reason.ASSIGNED));
  }
}
