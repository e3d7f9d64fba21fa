package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.data.Data;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The tasks around targeted decisions: the examination of data files, the fetch of earlier visits,
 * and the events of a page. Thread-safe. Only {@link #prepare} waits.
 */
final class TargetingTasks {

  private final DataFileDoctor doctor;
  private final RemoteVisits remote;
  private final PageTracking pages;
  private final boolean fetches;

  /**
   * Creates the tasks.
   *
   * @param failures logs and keeps the failures of the fetches
   * @param sessionMillis the time in milliseconds after which the SDK drops a visitor
   * @param online false if the SDK decides from a local data file
   */
  TargetingTasks(
      TargetingSettings settings, SdkFailures failures, long sessionMillis, boolean online) {
    doctor = new DataFileDoctor(settings, online);
    remote = new RemoteVisits(doctor, failures, sessionMillis, System::nanoTime);
    pages = new PageTracking(settings, sessionMillis);
    fetches = online && settings.remoteVisitorData();
  }

  /** Returns an instance that does nothing, for an application without a client. */
  static TargetingTasks none() {
    return new TargetingTasks(TargetingSettings.NONE, new SdkFailures(), 0, false);
  }

  /** Examines the data file of a new client. Waits if decisions need the names of custom data. */
  void prepare(SdkClient client, Duration atMost) {
    doctor.awaitNames(client, atMost);
  }

  /** Examines the data file of a client if the file is new. */
  void examineNewFile(SdkClient client) {
    doctor.examineNewFile(client);
  }

  /** Returns the findings about a feature, one sentence each; empty if there are none. */
  List<String> findings(String featureKey) {
    return doctor.findings(featureKey);
  }

  /** Returns the findings that concern the whole data file, one sentence each. */
  List<String> findings() {
    return doctor.findings();
  }

  /** Returns the names of a feature's variations by their keys, as far as they are known. */
  Map<String, String> variationNames(String featureKey) {
    return doctor.variationNames(featureKey);
  }

  /** Begins to fetch the platform's data of a visitor, if settings and data file require them. */
  void pageBegins(SdkClient client, String code) {
    if (fetches) {
      doctor.examineNewFile(client);
      remote.fetch(client, code);
    }
  }

  /** Returns the events of a page; empty if no setting enables them. */
  List<Data> pageEvents(String code, RequestFacts facts) {
    return pages.events(code, facts);
  }
}
