package io.github.kameleoonservlet.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/**
 * Is a visitor code that is or was linked to a user. Only read and re-keyed through JPA; new rows
 * are inserted by {@link StoreTransaction}, which says why. {@code linked_at} is not mapped, since
 * nobody reads it here.
 */
@Entity(name = "LinkedVisitorCode")
@Table(name = Schema.TABLE)
class LinkedVisitorCode {

  @Id
  @Column(name = "code")
  private String code;

  @Column(name = "user_key")
  private @Nullable String userKey;

  /** For the persistence provider. */
  @SuppressWarnings("NullAway.Init")
  protected LinkedVisitorCode() {}

  String code() {
    return code;
  }

  /** The user's key, or null when the user was erased. */
  @Nullable String userKey() {
    return userKey;
  }
}
