package io.github.kameleoonservlet.kameleoon;

import com.kameleoon.data.Data;
import io.github.kameleoonservlet.targeting.RequestFacts;
import io.github.kameleoonservlet.targeting.TargetingSettings;
import java.time.Duration;
import java.util.List;

/**
 * Does what decisions by segment need besides the decision: examines the data file, fetches earlier
 * visits, and makes the events of a page. Thread-safe. No method waits, except {@link #prepare}.
 */
final class Targeting {

  private final DataFileDoctor doctor;
  private final RemoteVisits remote;
  private final PageTracking pages;
  private final boolean fetches;

  /**
   * Takes the settings.
   *
   * @param sessionMillis after which the SDK forgets a visitor
   * @param online whether there is a platform that remembers visitors
   */
  Targeting(TargetingSettings settings, long sessionMillis, boolean online) {
    doctor = new DataFileDoctor(settings);
    remote = new RemoteVisits(doctor, new OnceLog(), sessionMillis, System::nanoTime);
    pages = new PageTracking(settings, sessionMillis);
    fetches = online && settings.remoteVisitorData();
  }

  /** Does nothing, for an application without a client. */
  static Targeting none() {
    return new Targeting(TargetingSettings.NONE, 0, false);
  }

  /** Examines the data file of a new client, and waits for it if a decision depends on it. */
  void prepare(SdkClient client, Duration atMost) {
    doctor.awaitNames(client, atMost);
  }

  /** Examines the data file of a client if it is another one than before. */
  void look(SdkClient client) {
    doctor.look(client);
  }

  /** Returns what is wrong with a feature in the data file, one sentence each. */
  List<String> findings(String featureKey) {
    return doctor.findings(featureKey);
  }

  /** Fetches what the platform remembers of a visitor, if settings and data file ask for that. */
  void pageBegins(SdkClient client, String code) {
    if (fetches) {
      doctor.look(client);
      remote.fetch(client, code);
    }
  }

  /** Returns the events of a page; none if no setting asks for them. */
  List<Data> pageEvents(String code, RequestFacts facts) {
    return pages.events(code, facts);
  }
}
