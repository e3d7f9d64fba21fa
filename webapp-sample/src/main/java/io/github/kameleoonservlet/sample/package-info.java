/** A small shop as a legacy team wrote it: servlets, JSPs, and a login kept in the session. */
package io.github.kameleoonservlet.sample;
