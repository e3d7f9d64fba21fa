package io.github.kameleoonservlet.internal.kameleoon;

import io.github.kameleoonservlet.internal.outage.FirstOccurrences;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The check of the third-party jars at the start: an application may bring a jar in a version that
 * lacks a member which this library or Kameleoon's SDK calls. The check tries these members on a
 * thread of its own, and logs one WARN that names each such jar. Thread-safe.
 */
final class RequiredJars {

  private static final Logger LOG = LoggerFactory.getLogger(RequiredJars.class);
  private static final String TEXT = "java.lang.String";

  /** The versions are those of docs/recipes.md. */
  private static final List<RequiredJar> JARS =
      List.of(
          new RequiredJar(
              "commons-codec",
              "1.4",
              List.of("org.apache.commons.codec.digest.DigestUtils#sha256Hex(" + TEXT + ")")),
          new RequiredJar(
              "commons-lang3",
              "3.0",
              List.of(
                  "org.apache.commons.lang3.tuple.Pair#of(java.lang.Object,java.lang.Object)",
                  "org.apache.commons.lang3.tuple.Triple"
                      + "#of(java.lang.Object,java.lang.Object,java.lang.Object)")),
          new RequiredJar("httpcore", "4.0", List.of("org.apache.http.HttpHost#new(" + TEXT + ")")),
          new RequiredJar(
              "httpclient5",
              "5.2.3",
              List.of(
                  "org.apache.hc.client5.http.async.methods.SimpleHttpRequest#new("
                      + TEXT
                      + ","
                      + TEXT
                      + ")",
                  "org.apache.hc.client5.http.config.TlsConfig#custom()!",
                  "org.apache.hc.client5.http.impl.async.HttpAsyncClients#custom()!")),
          new RequiredJar("javax.json", "1.1", List.of("javax.json.JsonValue#asJsonObject()")),
          new RequiredJar(
              "caffeine",
              "2.9.3",
              List.of(
                  "com.github.benmanes.caffeine.cache.Caffeine#expireAfterWrite(java.time.Duration)")));

  private final FirstOccurrences begun = new FirstOccurrences();
  private volatile List<String> faults = List.of();
  private volatile @Nullable Thread thread;

  /** Creates a check that has not run. */
  RequiredJars() {}

  /** Starts the check, and does not wait for its result. */
  void checkInBackground() {
    Thread started = ConnectThread.of(this::areOld);
    started.start();
    thread = started;
  }

  /**
   * Waits for the end of the check. If the check ran on while the application stops, the server
   * would report a leak, and the check would take the missing classes for old jars.
   */
  void awaitEnd(Duration atMost) {
    Thread started = thread;
    if (started == null) {
      return;
    }
    try {
      started.join(atMost.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether the WARN of the check has named a jar that a text names. Does not throw. */
  boolean hasNamedJarOf(String text) {
    return areOld() && faults.stream().anyMatch(fault -> text.contains(fault.split(" ", 2)[0]));
  }

  /**
   * Returns whether a jar of this web application is too old. The first call checks the jars, and
   * logs one WARN if the answer is yes. Does not throw.
   */
  synchronized boolean areOld() {
    if (begun.isFirst()) {
      ClassLoader loader = RequiredJars.class.getClassLoader();
      faults = JARS.stream().map(jar -> jar.fault(loader)).filter(Objects::nonNull).toList();
      if (!faults.isEmpty()) {
        LOG.warn(
            "Jars of this application do not work with this library or with Kameleoon's SDK: {}."
                + " Pages are served, and features can be 'off'. Upgrade these jars in WEB-INF/lib, or"
                + " remove them if a newer version is there as well.",
            String.join("; ", faults));
      }
    }
    return !faults.isEmpty();
  }
}
