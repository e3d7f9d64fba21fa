package io.github.kameleoonservlet.internal.status;

import java.time.Instant;
import java.util.List;

/**
 * Everything that the page and the JSON show.
 *
 * @param at when the report was made
 * @param filter the name of the filter
 * @param application the context path of the application
 * @param observes whether the filter only observes
 * @param summary the states at the top of the page
 * @param sections the sections in the order of the page
 */
record Report(
    Instant at,
    String filter,
    String application,
    boolean observes,
    Facts summary,
    List<Section> sections) {}
