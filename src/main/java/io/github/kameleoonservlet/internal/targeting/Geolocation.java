package io.github.kameleoonservlet.internal.targeting;

import org.jspecify.annotations.Nullable;

/**
 * The place of a visitor. Immutable.
 *
 * @param country the country's English name, as in {@code France}; conditions compare names, never
 *     codes
 * @param region the region's name; null if unknown
 * @param city the city's name; null if unknown
 */
public record Geolocation(String country, @Nullable String region, @Nullable String city) {}
