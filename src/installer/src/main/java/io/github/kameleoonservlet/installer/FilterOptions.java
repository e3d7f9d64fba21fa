package io.github.kameleoonservlet.installer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that become init-params of the filter. */
final class FilterOptions {

  /** Where the data file is in the WAR. */
  static final String DATA_FILE = "WEB-INF/kameleoon-data.json";

  private static final String REFERENCE = "(?:env|sys):.+";
  private static final String VARIABLE = "env:";
  private static final String USER =
      "principal|(?:session|request):[^\\s.]+(?:\\.[A-Za-z_$][\\w$]*)*|[A-Za-z_$][\\w$]*(?:\\.[A-Za-z_$][\\w$]*)*";

  private static final String DEFAULT_ID = "env:KAMELEOON_CLIENT_ID";
  private static final String DEFAULT_SECRET = "env:KAMELEOON_CLIENT_SECRET";
  private static final Set<String> DEFAULTS = Set.of(DEFAULT_ID, DEFAULT_SECRET);

  /** The options by the names of their init-params. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "siteCode", "--site-code",
          "clientId", "--client-id",
          "clientSecret", "--client-secret",
          "dataFile", "--data-file",
          "topLevelDomain", "--top-level-domain",
          "userId", "--user",
          "dataSource", "--data-source");

  @Option(
      names = "--data-file",
      paramLabel = "FILE",
      description =
          "Decides offline from this data file. The command copies the file to"
              + " WEB-INF/kameleoon-data.json.")
  @Nullable Path dataFile;

  @Option(
      names = "--site-code",
      paramLabel = "CODE",
      description = "Decides with your account at Kameleoon: the code of your site.")
  @Nullable String siteCode;

  @Option(
      names = "--client-id",
      paramLabel = "ID",
      defaultValue = DEFAULT_ID,
      description =
          "The id of your API credentials: env:NAME reads an environment variable of the server."
              + " Default: ${DEFAULT-VALUE}.")
  String clientId = "";

  @Option(
      names = "--client-secret",
      paramLabel = "SECRET",
      defaultValue = DEFAULT_SECRET,
      description = "The secret of your API credentials. Default: ${DEFAULT-VALUE}.")
  String clientSecret = "";

  @Option(
      names = "--top-level-domain",
      paramLabel = "DOMAIN",
      description = "The domain of the cookie, for example shop.example.")
  @Nullable String topLevelDomain;

  @Option(
      names = "--user",
      paramLabel = "WHERE",
      description =
          "Where the user id is: principal, session:<attribute>[.<property>...],"
              + " request:<attribute>[.<property>...], or a class. Default: principal.")
  @Nullable String user;

  @Option(
      names = "--data-source",
      paramLabel = "NAME",
      description =
          "The JNDI name of the data source for the visitor codes, for example jdbc/shop. Without"
              + " this option the codes are in an H2 file on the server.")
  @Nullable String dataSource;

  /** Returns what is wrong with the options, or null. */
  @Nullable String fault() {
    if (dataFile != null && siteCode != null) {
      return "Give --data-file or --site-code, not both.";
    }
    if (siteCode == null && !(clientId.equals(DEFAULT_ID) && clientSecret.equals(DEFAULT_SECRET))) {
      return "--client-id and --client-secret have an effect with --site-code only.";
    }
    // For example an unset variable of the shell. The filter would refuse to start.
    for (Map.Entry<String, String> param : initParams().entrySet()) {
      if (param.getValue().isBlank()) {
        return "The value of " + OPTIONS.get(param.getKey()) + " is empty.";
      }
    }
    if (user != null && !user.matches(USER)) {
      return "--user "
          + user
          + " is not valid. Allowed: principal, session:<attribute>[.<property>...],"
          + " request:<attribute>[.<property>...], or the name of a class.";
    }
    return null;
  }

  /**
   * Reads the data file. Returns null without one.
   *
   * @throws IOException if the file cannot be read
   */
  @Nullable DataFile readDataFile() throws IOException {
    return dataFile == null ? null : DataFile.read(dataFile);
  }

  /**
   * Returns the options that have no effect, because the filter is there already and has another
   * value or none.
   *
   * @param settings the init-params of the filter
   */
  List<String> withoutEffect(Map<String, String> settings) {
    return initParams().entrySet().stream()
        .filter(param -> !param.getValue().equals(settings.get(param.getKey())))
        .filter(param -> !DEFAULTS.contains(param.getValue()))
        .map(param -> OPTIONS.getOrDefault(param.getKey(), param.getKey()))
        .toList();
  }

  /** Returns whether the options name a source of decisions. */
  boolean isComplete() {
    return dataFile != null || siteCode != null;
  }

  /** Returns the init-params of the filter in the order of the documentation. */
  Map<String, String> initParams() {
    Map<String, String> params = new LinkedHashMap<>();
    if (siteCode != null) {
      params.put("siteCode", siteCode);
      params.put("clientId", clientId);
      params.put("clientSecret", clientSecret);
    }
    if (dataFile != null) {
      params.put("dataFile", "/" + DATA_FILE);
    }
    put(params, "topLevelDomain", topLevelDomain);
    put(params, "userId", user);
    put(params, "dataSource", dataSource);
    return params;
  }

  private static void put(Map<String, String> params, String name, @Nullable String value) {
    if (value != null) {
      params.put(name, value);
    }
  }

  /** Returns what the user should know about the options. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (siteCode != null && !clientSecret.matches(REFERENCE)) {
      notes.add(
          "WEB-INF/web.xml contains the client secret, which everybody with the WAR can read."
              + " Prefer --client-secret env:NAME.");
    }
    List<String> variables =
        Stream.of(clientId, clientSecret)
            .filter(value -> value.startsWith(VARIABLE))
            .map(value -> value.substring(VARIABLE.length()))
            .toList();
    if (siteCode != null && !variables.isEmpty()) {
      notes.add(
          "Set in the environment of the server: "
              + String.join(", ", variables)
              + ". Without these variables the deployment fails.");
    }
    if (dataSource == null) {
      notes.add(
          "Without --data-source the visitor codes are in an H2 file on the server: for a first try"
              + " on one server.");
    }
    return notes;
  }
}
