package io.github.kameleoonservlet.internal.status;

import static io.github.kameleoonservlet.internal.status.Table.column;

import io.github.kameleoonservlet.internal.config.SettingInEffect;
import java.util.List;

/** The section with the settings in effect. */
final class SettingsSection {

  private SettingsSection() {}

  static Section of(List<SettingInEffect> settings) {
    Table table =
        new Table(
            "inEffect",
            "Settings in effect",
            "",
            column("name", "Setting"),
            column("value", "Value"),
            column("origin", "Origin"));
    for (SettingInEffect setting : settings) {
      table.row(new Value.Code(setting.name()), setting.text(), setting.origin());
    }
    return new Section(
        "settings", "Settings", "Secrets are masked, and URLs have no credentials.", table);
  }
}
