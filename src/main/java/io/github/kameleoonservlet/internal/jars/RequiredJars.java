package io.github.kameleoonservlet.internal.jars;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The check of the third-party jars at the start: an application may bring a jar in a version that
 * lacks a member which this library, Kameleoon's SDK or another of these jars calls. The check
 * tries these members on a thread of its own, and logs one WARN that names each such jar.
 * Thread-safe.
 */
public final class RequiredJars {

  private static final Logger LOG = LoggerFactory.getLogger(RequiredJars.class);
  private static final String THREAD = "kameleoon-servlet-jars";
  private static final String TEXT = "java.lang.String";
  private static final String OBJECT = "java.lang.Object";
  private static final String TUPLE = "org.apache.commons.lang3.tuple.";
  private static final String CLIENT = "org.apache.hc.client5.http.";
  private static final String CORE = "org.apache.hc.core5.";
  private static final String UPGRADE = CORE + "http2.impl.nio.ClientH2UpgradeHandler";
  private static final String STREAMS = CORE + "http2.impl.nio.ClientH2StreamMultiplexerFactory";
  private static final String STREAMS_DESCRIPTOR = "L" + STREAMS.replace('.', '/') + ";";
  private static final String CALLBACK = CORE + "function.Callback";
  private static final String REQUEST = CLIENT + "async.methods.SimpleHttpRequest";

  /** The class of httpclient5 that opens connections. */
  private static final String STARTER =
      CLIENT + "impl.async.HttpAsyncClientProtocolNegotiationStarter";

  /** The versions are those of docs/recipes.md. Lower versions of an artifact come first. */
  private static final List<RequiredJar> ALWAYS =
      List.of(
          jar(
              "commons-codec",
              "1.4",
              "org.apache.commons.codec.digest.DigestUtils",
              "#sha256Hex(" + TEXT + ")"),
          new RequiredJar(
              "commons-lang3",
              "3.2",
              TUPLE + "Pair",
              TUPLE + "Pair#of(" + OBJECT + "," + OBJECT + ")",
              TUPLE + "Triple#of(" + OBJECT + "," + OBJECT + "," + OBJECT + ")"),
          jar("httpcore", "4.0", "org.apache.http.HttpHost", "#new(" + TEXT + ")"),
          new RequiredJar(
              "httpclient5",
              "5.2",
              REQUEST,
              REQUEST + "#new(" + TEXT + "," + TEXT + ")",
              CLIENT + "config.TlsConfig#custom()"),
          new RequiredJar(
              "httpclient5",
              "5.4.3",
              REQUEST,
              new RequiredJar.Use(STARTER, "(" + STREAMS_DESCRIPTOR + ")V", UPGRADE),
              List.of(UPGRADE + "#new(" + STREAMS + ")")),
          new RequiredJar(
              "httpcore5",
              "5.2",
              CORE + "http.HttpHost",
              CORE
                  + "reactor.ProtocolUpgradeHandler#upgrade("
                  + CORE
                  + "reactor.ProtocolIOSession,"
                  + CORE
                  + "concurrent.FutureCallback)"),
          new RequiredJar(
              "httpcore5",
              "5.3",
              CORE + "http.HttpHost",
              new RequiredJar.Use(
                  CLIENT + "impl.auth.AuthChallengeParser", "(CCC)", CORE + "http.HttpHost"),
              List.of(CORE + "util.Tokenizer#delimiters(char,char,char)")),
          new RequiredJar(
              "httpcore5-h2",
              "5.3.4",
              UPGRADE,
              new RequiredJar.Use(
                  STARTER,
                  "(" + STREAMS_DESCRIPTOR + "L" + CALLBACK.replace('.', '/') + ";)V",
                  UPGRADE),
              List.of(UPGRADE + "#new(" + STREAMS + "," + CALLBACK + ")")),
          jar("javax.json", "1.1", "javax.json.JsonValue", "#asJsonObject()"),
          jar(
              "caffeine",
              "2.6.2",
              "com.github.benmanes.caffeine.cache.Caffeine",
              "#expireAfterWrite(java.time.Duration)"));

  /** The jar that the store needs unless the application has its own data source or store. */
  private static final List<RequiredJar> POOL =
      List.of(
          jar(
              "HikariCP",
              "2.6.0",
              "com.zaxxer.hikari.HikariConfig",
              "#setInitializationFailTimeout(long)"));

  private final Set<RequiredJar> checked = new HashSet<>();
  private final Map<RequiredJar, String> faults = new HashMap<>();
  private volatile @Nullable Thread thread;

  /** Creates a check that has not run. */
  public RequiredJars() {}

  private static RequiredJar jar(String name, String lowest, String type, String member) {
    return new RequiredJar(name, lowest, type, type + member);
  }

  /**
   * Starts the check, and does not wait for its result.
   *
   * @param pool whether the store uses a pool of connections of this library
   */
  public void checkInBackground(boolean pool) {
    Runnable check =
        () -> {
          List<RequiredJar> jars = new ArrayList<>(ALWAYS);
          jars.addAll(pool ? POOL : List.of());
          check(jars);
        };
    // Without the thread locals of the caller.
    Thread started = new Thread(null, check, THREAD, 0, false);
    started.setDaemon(true);
    started.start();
    thread = started;
  }

  /**
   * Waits for the end of the check. If the check ran on while the application stops, the server
   * would report a leak, and the check would take the missing classes for old jars.
   */
  public void awaitEnd(Duration atMost) {
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

  /**
   * Returns whether the WARN of the check has named a jar that a text names, or a jar that lacks a
   * class which the text names. Does not throw.
   */
  public synchronized boolean hasNamedJarOf(String text) {
    return areOld()
        && faults.entrySet().stream()
            .anyMatch(
                old ->
                    text.contains(old.getValue().split(" ", 2)[0])
                        || old.getKey().hasMemberOfClassIn(text));
  }

  /**
   * Returns whether a jar of this web application is too old. The first call checks the jars, and
   * logs one WARN if the answer is yes. Does not throw.
   */
  public synchronized boolean areOld() {
    check(ALWAYS);
    return !faults.isEmpty();
  }

  private synchronized void check(List<RequiredJar> jars) {
    ClassLoader loader = RequiredJars.class.getClassLoader();
    Map<String, String> classFiles = new HashMap<>();
    Map<String, String> found = new LinkedHashMap<>();
    for (RequiredJar jar : jars) {
      String fault = checked.add(jar) ? jar.fault(loader, classFiles) : null;
      if (fault != null) {
        faults.put(jar, fault);
        // The highest of the needed versions.
        found.put(jar.name(), fault);
      }
    }
    if (!found.isEmpty()) {
      LOG.warn(
          "Jars of this application do not work with this library or with Kameleoon's SDK: {}."
              + " Pages are served, and features can be 'off'. Upgrade these jars in WEB-INF/lib, or"
              + " remove them if a newer version is there as well.",
          String.join("; ", found.values()));
    }
  }
}
