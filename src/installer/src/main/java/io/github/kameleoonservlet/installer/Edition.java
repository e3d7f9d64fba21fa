package io.github.kameleoonservlet.installer;

/** The two editions of the library, by the namespace of the servlet API. */
enum Edition {
  /** {@code javax.servlet}: Servlet 4.0 and earlier. */
  JAVAX("javax"),
  /** {@code jakarta.servlet}: Servlet 5.0 and later. */
  JAKARTA("jakarta");

  private final String namespace;

  Edition(String namespace) {
    this.namespace = namespace;
  }

  /** Returns the name that the option {@code --edition} takes, and that messages use. */
  @Override
  public String toString() {
    return namespace;
  }
}
