package io.github.kameleoonservlet.internal.status;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names with their values; in JSON members of the object around them. Not thread-safe. */
final class Facts implements Block {

  /**
   * One value.
   *
   * @param key the name in JSON
   * @param label the name on the page
   * @param value the value, see {@link Value}
   */
  record Fact(String key, String label, @Nullable Object value) {}

  private final List<Fact> all = new ArrayList<>();

  /** Adds a value. */
  Facts add(String key, String label, @Nullable Object value) {
    all.add(new Fact(key, label, value));
    return this;
  }

  List<Fact> all() {
    return all;
  }

  @Override
  public void renderTo(Renderer renderer) {
    renderer.facts(this);
  }
}
