package io.github.kameleoonservlet.internal.config;

import io.github.kameleoonservlet.internal.preview.PreviewTokens;
import io.github.kameleoonservlet.internal.source.AccessRule;
import jakarta.servlet.ServletException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settings of previews, in the order of the documentation. */
final class PreviewSection {

  private static final String NOBODY = "nobody";

  static final Setting<String> PREVIEW_SECRET =
      Setting.secret(
          "previewSecret",
          PreviewSection::secret,
          "The secret that signs the links of [previews](preview.md), at least "
              + PreviewTokens.MIN_SECRET
              + " characters. All servers of the application need the same secret. Without a "
              + "secret no link works.");
  static final Setting<String> SIMULATION_FOR =
      Setting.textOr(
          "simulationFor",
          NOBODY,
          "The users to whom Kameleoon's [Simulation Panel](preview.md#kameleoons-simulation-panel) "
              + "shows variations: `nobody`, a role of your application, or a class that "
              + "implements `AccessDecider`.");

  static final Section SECTION = new Section("Preview", List.of(PREVIEW_SECRET, SIMULATION_FOR));

  private PreviewSection() {}

  /** Reads the settings. */
  static Settings.Preview read(Parameters parameters) throws ServletException {
    return new Settings.Preview(PREVIEW_SECRET.find(parameters), simulationFor(parameters));
  }

  private static @Nullable AccessRule simulationFor(Parameters parameters) throws ServletException {
    String text = SIMULATION_FOR.get(parameters);
    return text.equals(NOBODY) ? null : AccessRules.of(parameters, SIMULATION_FOR.name(), text);
  }

  private static String secret(String name, String text) throws NotAllowedException {
    if (text.length() < PreviewTokens.MIN_SECRET) {
      throw new NotAllowedException(
          "a random text of at least " + PreviewTokens.MIN_SECRET + " characters");
    }
    return text;
  }
}
