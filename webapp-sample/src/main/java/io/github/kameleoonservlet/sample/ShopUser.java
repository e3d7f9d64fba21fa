package io.github.kameleoonservlet.sample;

import java.io.Serializable;

/** The signed-in user in the session. Serializable, because servers store sessions. */
public final class ShopUser implements Serializable {

  /** The name of the session attribute. */
  public static final String ATTRIBUTE = "shopUser";

  private static final long serialVersionUID = 1L;

  private final String name;

  /** Creates a user with a name. */
  public ShopUser(String name) {
    this.name = name;
  }

  /** Returns the user's name; the filter reads the property as {@code session:shopUser.name}. */
  public String getName() {
    return name;
  }

  /** Returns true; the filter reads the property as {@code session:shopUser.signedIn}. */
  public boolean isSignedIn() {
    return true;
  }
}
