package io.github.kameleoonservlet.internal.status;

/** A part of a section that the page and the JSON show, each in its own form. */
interface Block {

  /** Passes this block to the renderer's method for it. */
  void renderTo(Renderer renderer);

  /** The form in which the blocks of a report are written. */
  interface Renderer {

    /** Writes names with their values. */
    void facts(Facts facts);

    /** Writes a table. */
    void table(Table table);

    /** Writes parts of the same form, one after another. */
    void entries(Entries entries);

    /** Writes counts over time. */
    void chart(Chart chart);

    /** Writes why a visitor has a variation. */
    void explained(Explained explained);
  }
}
