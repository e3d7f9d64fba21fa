package io.github.kameleoonservlet.targeting;

import org.jspecify.annotations.Nullable;

/**
 * Holds the place of a visitor. Immutable.
 *
 * @param country the country's English name, as in {@code France}; conditions compare names, never
 *     codes
 * @param region the region's name; null if it is not known
 * @param city the city's name; null if it is not known
 */
public record Geolocation(String country, @Nullable String region, @Nullable String city) {}
