package io.github.kameleoonservlet.internal.jpa;

import io.github.kameleoonservlet.internal.jdbc.LinkReader;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/**
 * The entity of a row: a visitor code with the user that is or was linked. Queries read attributes
 * only, and no instance is ever created, see {@link HibernateReader#rows}. The column {@code
 * linked_at} is not mapped, because the library never reads the column.
 */
@Entity(name = "LinkedVisitorCode")
@Table(name = LinkReader.TABLE)
class LinkedVisitorCode {

  @Id
  @Column(name = "code")
  private String code;

  @Column(name = "user_key")
  private @Nullable String userKey; // null if the user was erased

  /** For the persistence provider. */
  @SuppressWarnings("NullAway.Init")
  protected LinkedVisitorCode() {}
}
