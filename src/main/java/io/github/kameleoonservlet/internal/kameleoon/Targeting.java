package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.data.Data;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import java.time.Duration;
import java.util.List;

/**
 * The tasks around decisions by segment: examines the data file, fetches earlier visits, and makes
 * the events of a page. Thread-safe. No method waits, except {@link #prepare}.
 */
final class Targeting {

  private final DataFileDoctor doctor;
  private final RemoteVisits remote;
  private final PageTracking pages;
  private final boolean fetches;

  /**
   * Creates the tasks.
   *
   * @param sessionMillis after this time the SDK drops a visitor
   * @param online whether there is a platform that remembers visitors
   */
  Targeting(TargetingSettings settings, long sessionMillis, boolean online) {
    doctor = new DataFileDoctor(settings, online);
    remote = new RemoteVisits(doctor, new SdkFailures(), sessionMillis, System::nanoTime);
    pages = new PageTracking(settings, sessionMillis);
    fetches = online && settings.remoteVisitorData();
  }

  /** Returns an instance that does nothing, for an application without a client. */
  static Targeting none() {
    return new Targeting(TargetingSettings.NONE, 0, false);
  }

  /** Examines the data file of a new client; waits if decisions need the names of custom data. */
  void prepare(SdkClient client, Duration atMost) {
    doctor.awaitNames(client, atMost);
  }

  /** Examines the data file of a client if the file is new. */
  void look(SdkClient client) {
    doctor.look(client);
  }

  /** Returns the faults of a feature in the data file, one sentence each. */
  List<String> findings(String featureKey) {
    return doctor.findings(featureKey);
  }

  /** Fetches the platform's data of a visitor, if settings and data file require them. */
  void pageBegins(SdkClient client, String code) {
    if (fetches) {
      doctor.look(client);
      remote.fetch(client, code);
    }
  }

  /** Returns the events of a page; none without a setting. */
  List<Data> pageEvents(String code, RequestFacts facts) {
    return pages.events(code, facts);
  }
}
