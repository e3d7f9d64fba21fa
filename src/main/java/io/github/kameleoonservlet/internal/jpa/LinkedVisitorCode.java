package io.github.kameleoonservlet.internal.jpa;

import io.github.kameleoonservlet.internal.jdbc.LinkReader;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/**
 * A visitor code that is or was linked to a user. Queries name its attributes; no instance is ever
 * created, see {@link HibernateReader#rows}. {@code linked_at} is for people, and not mapped.
 */
@Entity(name = "LinkedVisitorCode")
@Table(name = LinkReader.TABLE)
class LinkedVisitorCode {

  @Id
  @Column(name = "code")
  private String code;

  @Column(name = "user_key")
  private @Nullable String userKey; // null when the user was erased

  /** For the persistence provider. */
  @SuppressWarnings("NullAway.Init")
  protected LinkedVisitorCode() {}
}
