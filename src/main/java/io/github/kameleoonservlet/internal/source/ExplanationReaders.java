package io.github.kameleoonservlet.internal.source;

import io.github.kameleoonservlet.internal.outage.FirstOccurrences;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The setting {@code explainFor}: the users who may read why a visitor has a variation. Catches the
 * faults of the application's role check. Thread-safe.
 *
 * @param setting {@code nobody}, {@code everybody}, or the name of a role
 * @param faults the faults of the role check
 */
public record ExplanationReaders(String setting, FirstOccurrences faults) {

  /** The default: no user may read explanations. */
  static final ExplanationReaders NOBODY = new ExplanationReaders("nobody");

  private static final Logger LOG = LoggerFactory.getLogger(ExplanationReaders.class);

  /** Creates the readers that a value of the setting names. */
  public ExplanationReaders(String setting) {
    this(setting, new FirstOccurrences());
  }

  /** Returns whether the sender of a request may read explanations. Does not throw. */
  public boolean include(HttpServletRequest request) {
    if (setting.equals("nobody")) {
      return false;
    }
    try {
      return setting.equals("everybody") || request.isUserInRole(setting);
    } catch (Throwable e) {
      ApplicationFault.survive(e);
      if (faults.isFirst()) {
        LOG.warn(
            "Cannot determine whether a user has the role of the setting explainFor ({}). These"
                + " requests get no explanations. Logged once.",
            ApplicationFault.place(e));
      }
      return false;
    }
  }
}
