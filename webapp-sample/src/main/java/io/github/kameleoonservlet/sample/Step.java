package io.github.kameleoonservlet.sample;

/**
 * One station on the way of a request through the filter.
 *
 * <p>A class and not a record, because the expressions of JSP 2.3 read getters only.
 */
public final class Step {

  private final String id;
  private final String state;
  private final String title;
  private final String value;
  private final String text;

  /**
   * Creates a station.
   *
   * @param id the name of its picture
   * @param state {@code done}, {@code changed} or {@code skipped}
   */
  Step(String id, String state, String title, String value, String text) {
    this.id = id;
    this.state = state;
    this.title = title;
    this.value = value;
    this.text = text;
  }

  public String getId() {
    return id;
  }

  public String getState() {
    return state;
  }

  public String getTitle() {
    return title;
  }

  /** Returns what the station found, in a word or two. */
  public String getValue() {
    return value;
  }

  public String getText() {
    return text;
  }
}
