package io.github.kameleoonservlet.internal.status;

import io.github.kameleoonservlet.internal.config.SettingInEffect;
import io.github.kameleoonservlet.internal.preview.PreviewTokens;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.internal.visitor.FilterParts;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one filter gives the status servlet, as an attribute of the requests to the servlet.
 * Immutable; every part is thread-safe.
 *
 * @param filter the name of the filter
 * @param application the context path of the application
 * @param settings the settings in effect
 * @param parts the parts of the filter
 * @param statistics the counts since the start
 * @param previews signs the form that makes preview links; null if no link works
 */
public record StatusSource(
    String filter,
    String application,
    List<SettingInEffect> settings,
    FilterParts parts,
    Statistics statistics,
    @Nullable PreviewTokens previews) {

  private static final String ATTRIBUTE = StatusSource.class.getName();

  /** Gives this source to the servlet of a request. */
  public void publish(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /**
   * Returns the source of a request; null if no filter of this application has seen the request.
   */
  public static @Nullable StatusSource of(HttpServletRequest request) {
    // Another web application can dispatch a request that has that application's source.
    return request.getAttribute(ATTRIBUTE) instanceof StatusSource source ? source : null;
  }
}
