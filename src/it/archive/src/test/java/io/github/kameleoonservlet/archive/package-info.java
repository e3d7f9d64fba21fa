/** The archive for teams without Maven. */
package io.github.kameleoonservlet.archive;
