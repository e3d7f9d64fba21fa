package io.github.kameleoonservlet;

import io.github.kameleoonservlet.identity.RenameResult;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The service with which administrators find, erase and rename users, and make preview links.
 *
 * <p>The filter stores the service in the servlet context under {@link #ATTRIBUTE}. A method calls
 * the store as often as its description states, and waits at most {@code storeTimeoutMillis} for
 * each call. Thread-safe. Applications call this interface and do not implement it: a later version
 * can add methods.
 *
 * @since 0.1
 */
public interface VisitorService {

  /** The name of the servlet context's attribute that holds the service. */
  String ATTRIBUTE = "kameleoonVisitorService";

  /**
   * Returns the code of a user, for a request to the platform that names the code. Calls the store
   * at most once; three times if the link is stored under a key of {@code userIdSecretPrevious}.
   *
   * @param userId the user's id, as the setting {@code userId} reads it
   * @return the code, or empty if the user has none
   * @throws IllegalArgumentException if the id is null, blank, one of {@code notUsers}, or invalid
   *     Unicode
   * @throws StoreUnavailableException if the store cannot answer now
   */
  Optional<String> code(String userId);

  /**
   * Erases the link of a user. The library never links the erased code again. This server forgets
   * the code at once, other servers within {@code cacheSeconds}. The user's browsers keep their
   * cookies, and the platform measures these browsers under the erased code while no user is signed
   * in; the next sign-in links a new code. The platform keeps what it has recorded: first read the
   * {@link #code}, then ask the platform for the erasure ({@code POST /visit/forget}). Calls the
   * store once; twice with the setting {@code userIdSecretPrevious}.
   *
   * @param userId the user's id, as the setting {@code userId} reads it
   * @return whether the user had a link; a user without a link is no error
   * @throws IllegalArgumentException if the id is null, blank, one of {@code notUsers}, or invalid
   *     Unicode
   * @throws StoreUnavailableException if the store cannot confirm that the link was erased
   */
  boolean erase(String userId);

  /**
   * Moves the link of a user whose id has changed. The code stays the same. Calls the store up to
   * three times; up to seven times with the setting {@code userIdSecretPrevious}.
   *
   * @param oldUserId the id under which the link is stored, as the setting {@code userId} reads it
   * @param newUserId the id that the user has from now on, as the setting {@code userId} reads it
   * @return how the attempt ended, never null; after {@link RenameResult#TARGET_LINKED}, erase one
   *     of the two links and try again
   * @throws IllegalArgumentException if one of the ids is null, blank, one of {@code notUsers}, or
   *     invalid Unicode
   * @throws StoreUnavailableException if the store cannot confirm that the link was moved
   */
  RenameResult rename(String oldUserId, String newUserId);

  /**
   * Returns a link that shows one browser one variation of a feature, on the home page of this
   * application: {@code publicOrigin}, the context path and the parameter {@code kameleoonPreview}.
   * Needs the setting {@code publicOrigin}. Otherwise as {@link #previewLink(String, String,
   * String, Duration)}.
   *
   * @param featureKey the key of the feature
   * @param variationKey the key of the variation
   * @param duration the time after which link and preview end, from one minute to seven days; null
   *     means a day
   * @return the link, never null
   * @throws IllegalArgumentException if the data file does not have the feature or the variation,
   *     or if the duration is not allowed; the message names what is allowed
   * @throws IllegalStateException without the setting {@code previewSecret} or {@code publicOrigin}
   */
  String previewLink(String featureKey, String variationKey, @Nullable Duration duration);

  /**
   * Returns a link that shows one browser one variation of a feature: the URL of a page of this
   * application with the parameter {@code kameleoonPreview}. The link works for all pages of the
   * host of the URL, until it ends. Every browser that opens the link sees the preview, in which
   * the library sends nothing: give the link to the people who may see the variation. While the
   * filter only observes ({@code mode=observe}), links have no effect. Calls no store.
   *
   * @param pageUrl the absolute URL of a page, as browsers see it. The host must be that of {@code
   *     publicOrigin}, if that setting is set
   * @param featureKey the key of the feature, which may be disabled or not started
   * @param variationKey the key of the variation; every feature has {@code off}
   * @param duration the time after which link and preview end, from one minute to seven days; null
   *     means a day
   * @return the link, never null
   * @throws IllegalArgumentException if the URL is not allowed, if the data file does not have the
   *     feature or the variation, or if the duration is not allowed; the message names what is
   *     allowed. Before the data file has arrived, every feature and variation is allowed
   * @throws IllegalStateException without the setting {@code previewSecret}
   */
  String previewLink(
      String pageUrl, String featureKey, String variationKey, @Nullable Duration duration);
}
