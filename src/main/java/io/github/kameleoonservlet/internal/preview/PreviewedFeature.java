package io.github.kameleoonservlet.internal.preview;

/**
 * One feature of a preview.
 *
 * @param featureKey the key of the feature
 * @param variationKey the key of the variation that the preview shows
 * @param expires the end of the preview, in seconds since 1970
 */
public record PreviewedFeature(String featureKey, String variationKey, long expires) {}
