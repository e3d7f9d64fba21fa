package io.github.kameleoonservlet.kameleoon;

import io.github.kameleoonservlet.targeting.BrowserType;
import io.github.kameleoonservlet.targeting.DeviceType;
import io.github.kameleoonservlet.targeting.OperatingSystem;
import io.github.kameleoonservlet.targeting.TestFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Finds the data files of the tests. */
final class DataFiles {

  /** Five sound flags; see the file. */
  static final Path SOUND = find("data-file.json");

  /** A rule without experimentId, a variable without type, and a sound flag. */
  static final Path BROKEN_RULE = find("broken-rule.json");

  /**
   * A flag for each type of condition, and for an unknown type. Each flag is on for a visitor with
   * {@link #PHONE_ON_CART}.
   */
  static final Path EVERY_CONDITION = find("every-condition.json");

  /** The facts of a phone that shows the cart. */
  static final TestFacts PHONE_ON_CART =
      TestFacts.NONE
          .withPage("https://shop.example/cart?step=2")
          .withPreviousPage("https://shop.example/product/7")
          .withTitle("Your cart")
          .withBrowser(BrowserType.SAFARI, 17.5f, OperatingSystem.IOS, DeviceType.PHONE)
          .withCookies(Map.of("theme", "dark", "ab_1", "x"))
          .withPlace("France", "Ile-de-France", "Paris")
          .withCustomData(Map.of("1", List.of("gold")));

  private DataFiles() {}

  static String sound() {
    try {
      return Files.readString(SOUND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path find(String name) {
    try {
      return Path.of(DataFiles.class.getResource("/kameleoon/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
