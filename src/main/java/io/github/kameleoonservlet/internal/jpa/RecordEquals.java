package io.github.kameleoonservlet.internal.jpa;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;

/**
 * Makes the JDK let go of the record whose {@code equals} was used first most lately. Java 17 links
 * it through a static that remembers its last type (JDK-8078641), and Hibernate 7 keys its cache of
 * queries by a record: the class loader of a web application would stay until another one's record
 * takes the place.
 */
final class RecordEquals {

  private RecordEquals() {}

  /** Puts a class of the JDK into that place. */
  static void forgetLastType() {
    try {
      ObjectMethods.bootstrap(
          MethodHandles.lookup(),
          "equals",
          MethodType.methodType(boolean.class, String.class, Object.class),
          String.class,
          "");
    } catch (Throwable e) {
      if (e instanceof Error error) {
        throw error;
      }
      // A JDK that asks for a record here. It has mended the fault long ago.
    }
  }
}
