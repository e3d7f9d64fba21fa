package io.github.kameleoonservlet.installer;

import java.util.Set;
import java.util.stream.Collectors;

/** A name that a {@code web.xml} does not use yet. */
final class FreeName {

  private FreeName() {}

  /** Returns the wanted name, with a number behind it if an element of the tag has the name. */
  static String of(XmlElement root, String tag, String wanted) {
    Set<String> taken =
        root.all()
            .filter(element -> element.name().equals(tag))
            .map(XmlElement::text)
            .collect(Collectors.toSet());
    String name = wanted;
    for (int number = 2; taken.contains(name); number++) {
      name = wanted + number;
    }
    return name;
  }
}
