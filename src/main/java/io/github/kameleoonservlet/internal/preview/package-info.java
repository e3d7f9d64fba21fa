/**
 * The texts of previews: the signed links and cookies of this library, and the simulation cookie of
 * Kameleoon. Reads and writes texts only. {@code visitor.PreviewReader} applies them to a request.
 */
@NullMarked
package io.github.kameleoonservlet.internal.preview;

import org.jspecify.annotations.NullMarked;
