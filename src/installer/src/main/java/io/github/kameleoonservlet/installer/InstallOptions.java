package io.github.kameleoonservlet.installer;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of the command. */
final class InstallOptions {

  @Parameters(
      paramLabel = "WAR",
      description = "The WAR file, or the folder of an application. It is not changed.")
  @Nullable Path input;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The changed WAR, or its folder if WAR is a folder.")
  @Nullable Path output;

  @Mixin FilterOptions filter = new FilterOptions();

  @Option(
      names = "--api",
      paramLabel = "PATTERN",
      description = "Also registers the JSON API at this path, for example /kameleoon-api/*.")
  @Nullable String api;

  @Option(
      names = "--after-filter",
      paramLabel = "NAME",
      description =
          "The name of your own filter that signs users in. Known filters, such as those of Spring"
              + " Security and Shiro, are found without this option.")
  @Nullable String afterFilter;

  @Option(
      names = "--edition",
      paramLabel = "NAME",
      description =
          "The edition of the library: ${COMPLETION-CANDIDATES}. Needed only if the WAR does not"
              + " show its servlet API.")
  @Nullable Edition edition;

  @Option(
      names = "--replace",
      paramLabel = "ARTIFACT",
      description =
          "Replaces the application's jar of this artifact by the library's version, for example"
              + " commons-codec. Can be given several times.")
  Set<String> replace = new TreeSet<>();

  @Option(names = "--dry-run", description = "Prints the report and writes nothing.")
  boolean dryRun;

  @Option(names = "--force", description = "Overwrites an existing output file.")
  boolean force;

  Path input() {
    if (input == null) {
      throw new IllegalStateException("picocli sets the required parameter");
    }
    return input;
  }

  @Nullable Path output() {
    return output;
  }

  /** Returns what is wrong with the options, or null. */
  @Nullable String fault() {
    if (output == null && !dryRun) {
      return "Give the output with -o, or --dry-run.";
    }
    if (api != null && !api.matches("/[^*\\s]+/\\*")) {
      return "--api "
          + api
          + " is not valid. Allowed: a path that ends in /*, like /kameleoon-api/*.";
    }
    return filter.fault();
  }
}
