package io.github.kameleoonservlet.installer;

import java.util.ArrayList;
import java.util.List;

/** What the user should know about the WAR, and how to see that the filter works. */
final class NextSteps {

  private NextSteps() {}

  static List<String> notes(War war) {
    List<String> notes = new ArrayList<>();
    if (war.exists("org/springframework/boot/loader")) {
      notes.add(
          "This WAR also starts by java -jar. The server in it reads no web.xml: then register the"
              + " filter in Java (docs/recipes.md, \"Spring Boot\").");
    }
    return notes;
  }

  static List<String> checks() {
    return List.of(
        "1. Deploy the application. If it logs at the level INFO, the log contains \"The Kameleoon"
            + " visitor filter works with\" and the settings.",
        "2. curl -i -H 'Accept: text/html' http://<host>/<path of a page> shows"
            + " \"Set-Cookie: kameleoonVisitorCode=\".",
        "3. Sign in with two browsers: both get the same code.",
        "docs/operations.md, \"Roll out\", has more checks.");
  }
}
