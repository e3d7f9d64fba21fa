/** Test helpers that several rooms use. */
package io.github.kameleoonservlet.testing;
