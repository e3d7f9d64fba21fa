package io.github.kameleoonservlet.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of the command: reads the WAR, plans the changes, and writes the result. */
final class Installation {

  private final InstallOptions options;
  private final @Nullable DataFile dataFile;
  private final Report report = new Report();
  private final Changes changes = new Changes();
  private final List<String> notes = new ArrayList<>();

  Installation(InstallOptions options, @Nullable DataFile dataFile) {
    this.options = options;
    this.dataFile = dataFile;
  }

  /**
   * Runs the command.
   *
   * @return what was done
   * @throws RefusedException if the WAR or the output does not allow it
   * @throws IOException if a file cannot be read or written
   */
  Report run() throws IOException, RefusedException {
    Path input = options.input();
    if (!Files.exists(input)) {
      throw new NoSuchFileException(input.toString());
    }
    // A walk of a folder does not follow a symbolic link, not even the one that it starts with.
    Path real = input.toRealPath();
    Output output = options.output() == null ? null : new Output(options.output(), options.force);
    if (output != null) {
      output.check(real);
    }
    try (War war = War.open(real);
        Bundle bundle = Bundle.open()) {
      plan(war, bundle);
      for (String name : changes.written().keySet()) {
        war.checkPlace(name);
      }
    }
    report.add("Notes", notes);
    if (options.dryRun || output == null) {
      report.add("Result", "Nothing was written: this is a dry run.");
    } else {
      write(real, output);
    }
    report.add("Next", NextSteps.checks());
    return report;
  }

  private void plan(War war, Bundle bundle) throws IOException, RefusedException {
    byte[] file = war.read(War.DESCRIPTOR);
    DeploymentDescriptor descriptor = file == null ? null : DeploymentDescriptor.read(file);
    Edition edition = edition(war, descriptor);
    List<Library> ours = bundle.libraries(edition);
    planLibraries(war, ours);
    planDescriptor(war, file, descriptor, edition);
    notes.addAll(NextSteps.notes(war));
  }

  private Edition edition(War war, @Nullable DeploymentDescriptor descriptor)
      throws IOException, RefusedException {
    if (options.edition != null) {
      report.add("Edition: " + options.edition, "as --edition demands");
      return options.edition;
    }
    EditionEvidence evidence =
        EditionEvidence.of(war, descriptor == null ? null : descriptor.edition());
    Edition edition = evidence.edition();
    if (edition == null) {
      List<String> found = evidence.found();
      throw new RefusedException(
          "Cannot determine whether the application uses javax.servlet or jakarta.servlet. Found: "
              + (found.isEmpty() ? "nothing that uses either" : String.join("; ", found))
              + ". Add --edition javax for Tomcat 9 and other servers for javax.servlet, or"
              + " --edition jakarta for Tomcat 10.1 and later.");
    }
    report.add("Edition: " + edition, evidence.found());
    return edition;
  }

  private void planLibraries(War war, List<Library> ours) throws IOException, RefusedException {
    LibraryPlan plan = LibraryPlan.of(ours, war.libraries(), war.classes(), options.replace);
    if (!plan.problems().isEmpty()) {
      throw new RefusedException(plan.problems());
    }
    report.add("WEB-INF/lib", plan.lines());
    report.add(
        "WEB-INF/lib", war.unreadable().stream().map(jar -> "could not read " + jar).toList());
    for (Library library : plan.removed()) {
      changes.remove(War.LIB + "/" + library.fileName());
    }
    for (Library library : plan.added()) {
      changes.write(War.LIB + "/" + library.fileName(), library.bytes());
    }
    notes.addAll(LoggingAdvice.of(plan.result()));
  }

  private void planDescriptor(
      War war, byte @Nullable [] file, @Nullable DeploymentDescriptor present, Edition edition)
      throws IOException, RefusedException {
    DeploymentDescriptor descriptor =
        present == null ? DeploymentDescriptor.create(edition) : present;
    WebFragments fragments = WebFragments.of(war.libraries(), descriptor::includesFragment);
    Optional<String> inFragment = fragments.visitorFilter();
    List<String> withoutEffect = List.of();
    if (descriptor.hasVisitorFilter() || inFragment.isEmpty()) {
      boolean isNew = !descriptor.hasVisitorFilter();
      if (isNew && !options.filter.isComplete()) {
        throw new RefusedException(
            "The filter needs a site code or a data file: add --site-code or --data-file.");
      }
      descriptor = descriptor.withVisitorFilter(options.filter.initParams(), options.afterFilter);
      if (isNew) {
        notes.addAll(options.filter.notes());
        notes.addAll(fragments.signInFilters());
      } else {
        withoutEffect = options.filter.withoutEffect(descriptor.visitorSettings());
      }
    } else {
      report.add(War.DESCRIPTOR, inFragment.get());
      withoutEffect = options.filter.withoutEffect(Map.of());
    }
    if (options.api != null) {
      byte[] before = descriptor.bytes();
      descriptor = descriptor.withApi(options.api, options.afterFilter);
      if (!Arrays.equals(before, descriptor.bytes())) {
        fragments.checkFree(options.api);
      }
    }
    report.add(War.DESCRIPTOR, descriptor.changes());
    if (!withoutEffect.isEmpty()) {
      report.add(
          War.DESCRIPTOR,
          "These options have no effect, because the filter keeps its settings: "
              + String.join(", ", withoutEffect)
              + ". Change the settings by hand.");
    }
    if (!withoutEffect.contains("--data-file")) {
      planDataFile(war);
    }
    if (!Arrays.equals(file, descriptor.bytes())) {
      changes.write(War.DESCRIPTOR, descriptor.bytes());
    }
  }

  private void planDataFile(War war) throws IOException, RefusedException {
    if (dataFile == null) {
      return;
    }
    byte[] content = dataFile.content();
    // A larger file is another file.
    byte[] present = war.readStart(FilterOptions.DATA_FILE, content.length + 1);
    String line =
        present == null
            ? "added"
            : Arrays.equals(present, content) ? "is there already" : "replaced";
    report.add(FilterOptions.DATA_FILE, line);
    if (!Arrays.equals(present, content)) {
      changes.write(FilterOptions.DATA_FILE, content);
    }
  }

  private void write(Path input, Output output) throws IOException, RefusedException {
    boolean isWritten = output.write(input, changes);
    String target = String.valueOf(options.output());
    if (!isWritten) {
      report.add("Result", target + " has this content already. Nothing was changed.");
    } else if (changes.isEmpty()) {
      report.add("Result", "The WAR has all of this already. " + target + " is an equal copy.");
    } else {
      report.add("Result", "Wrote " + target + ". " + options.input() + " is unchanged.");
    }
  }
}
