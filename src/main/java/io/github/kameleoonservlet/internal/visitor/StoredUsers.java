package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.VisitorService;
import io.github.kameleoonservlet.identity.RenameResult;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.reconcile.Caller;
import io.github.kameleoonservlet.internal.reconcile.UserKeys;
import io.github.kameleoonservlet.internal.reconcile.UserLinks;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The service for administrators, on the links of the store and the links of previews. Thread-safe.
 */
public final class StoredUsers implements VisitorService {

  private final UserKeys keys;
  private final UserLinks links;
  private final PreviewLinks previews;

  /**
   * Creates the service.
   *
   * @param keys turns ids into keys
   * @param links the stored links
   * @param previews makes preview links
   */
  public StoredUsers(UserKeys keys, UserLinks links, PreviewLinks previews) {
    this.previews = previews;
    this.keys = keys;
    this.links = links;
  }

  @Override
  public Optional<String> code(String userId) {
    return links.find(user(userId)).map(VisitorCode::value);
  }

  @Override
  public boolean erase(String userId) {
    return links.erase(user(userId));
  }

  @Override
  public RenameResult rename(String oldUserId, String newUserId) {
    return links.rename(user(oldUserId), user(newUserId));
  }

  @Override
  public String previewLink(String featureKey, String variationKey, @Nullable Duration duration) {
    return previews.toHome(featureKey, variationKey, duration);
  }

  @Override
  public String previewLink(
      String pageUrl, String featureKey, String variationKey, @Nullable Duration duration) {
    return previews.toPage(pageUrl, featureKey, variationKey, duration);
  }

  private Caller user(String userId) {
    Caller caller = keys.caller(userId);
    if (caller.key() == null) {
      throw new IllegalArgumentException(
          "the id must not be null, blank, one of notUsers, or invalid Unicode");
    }
    return caller;
  }
}
