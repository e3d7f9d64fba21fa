package io.github.kameleoonservlet.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PropertyPathTest {

  @Test
  void read_severalNamesMatch_usesLongestName() {
    Map<String, Object> attributes = Map.of("user", Map.of("id", "short"), "user.id", "long");

    assertThat(PropertyPath.read(attributes::get, "user.id")).isEqualTo("long");
  }

  @Test
  void read_nothingFound_asksForEachNonEmptyNameOnce() {
    List<String> asked = new ArrayList<>();

    assertThat(
            PropertyPath.read(
                name -> {
                  asked.add(name);
                  return null;
                },
                ".a.b"))
        .isNull();
    assertThat(asked).containsExactly(".a.b", ".a");
  }

  @Test
  void read_gettersAccessorsAndEntries_returnsValues() {
    Map<String, Object> attributes = Map.of("user", new Account());

    assertThat(PropertyPath.read(attributes::get, "user.number")).isEqualTo(7);
    assertThat(PropertyPath.read(attributes::get, "user.active")).isEqualTo(true);
    assertThat(PropertyPath.read(attributes::get, "user.plain")).isEqualTo("plain");
    assertThat(PropertyPath.read(attributes::get, "user.nothing.at.all")).isNull();
  }

  @Test
  void read_propertyMissingOrThrows_namesProperty() {
    Map<String, Object> attributes = Map.of("user", new Account());

    assertThatThrownBy(() -> PropertyPath.read(attributes::get, "user.nosuch"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nosuch");
    assertThatThrownBy(() -> PropertyPath.read(attributes::get, "user.nosuch.id"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> PropertyPath.read(attributes::get, "user.broken"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("getBroken");
    assertThatThrownBy(() -> PropertyPath.read(attributes::get, "user.notify"))
        .as("a method without a result is no property")
        .hasMessageContaining("no public property");
  }

  /** A bean that an application declares. */
  public static final class Account {
    public int getNumber() {
      return 7;
    }

    public boolean isActive() {
      return true;
    }

    public String plain() {
      return "plain";
    }

    public Object getNothing() {
      return null;
    }

    public Object getBroken() {
      throw new UnsupportedOperationException("broken");
    }
  }
}
