package io.github.kameleoonservlet.internal.config;

import java.util.List;

/**
 * A part of the settings, as the documentation divides them.
 *
 * @param title the heading in the documentation
 * @param settings the settings in the order of the documentation
 */
record Section(String title, List<Setting<?>> settings) {}
