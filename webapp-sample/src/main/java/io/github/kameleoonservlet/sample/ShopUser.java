package io.github.kameleoonservlet.sample;

import java.io.Serializable;

/** Keeps in the session who is signed in. Serializable, because servers store sessions. */
public final class ShopUser implements Serializable {

  /** The name of the session attribute. */
  public static final String ATTRIBUTE = "shopUser";

  private static final long serialVersionUID = 1L;

  private final String name;

  /** Takes the user's name. */
  public ShopUser(String name) {
    this.name = name;
  }

  /** The user's name; the filter reads it as {@code session:shopUser.name}. */
  public String getName() {
    return name;
  }

  /** Returns true; the filter reads the property as {@code session:shopUser.signedIn}. */
  public boolean isSignedIn() {
    return true;
  }
}
