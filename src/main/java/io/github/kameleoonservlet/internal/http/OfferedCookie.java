package io.github.kameleoonservlet.internal.http;

import java.util.List;

/**
 * The visitor cookie that a response gives the browser.
 *
 * @param lines the values of its {@code Set-Cookie} headers
 * @param whenWritten a task to run when the response contains the cookie
 */
public record OfferedCookie(List<String> lines, Runnable whenWritten) {}
