package io.github.kameleoonservlet.installer;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Moves a finished WAR to its place in one step, and never overwrites another file unasked.
 *
 * @param target the place
 * @param isForced whether a file at the place may be overwritten
 */
record Placement(Path target, boolean isForced) {

  /**
   * Moves the result, unless the place has an equal one.
   *
   * @return whether the place had another content before
   * @throws RefusedException if the place has another content, and may not be overwritten
   */
  boolean moveHere(Path result) throws IOException, RefusedException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      if (FolderContent.isEqual(result, target)) {
        return false;
      }
      if (!isForced || Files.isDirectory(target)) {
        throw exists();
      }
    }
    moveIfAllowed(result);
    return true;
  }

  /** Moves the result. Another program can have written to the place after the check. */
  void moveIfAllowed(Path result) throws IOException, RefusedException {
    if (isForced && !Files.isDirectory(result)) {
      moveOver(result);
      return;
    }
    try {
      if (Files.isDirectory(result)) {
        // Fails if the place is a file, or a folder with content.
        moveOver(result);
      } else {
        link(result);
      }
    } catch (FileSystemException e) {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw exists();
      }
      throw e;
    }
  }

  private void moveOver(Path result) throws IOException {
    try {
      Files.move(result, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(result, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Gives the file a second name, because a move in one step would overwrite. */
  private void link(Path result) throws IOException {
    try {
      Files.createLink(target, result);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      // A file system without second names. The JDK looks for a file first, and then moves.
      Files.move(result, target);
    }
  }

  private RefusedException exists() {
    return new RefusedException(
        Files.isDirectory(target)
            ? "The folder " + target + " exists with another content. Delete it, or name another."
            : "The output " + target + " exists with another content. --force overwrites it.");
  }
}
