package io.github.kameleoonservlet.installer;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The jars that this command brings: the library of each edition, with the jars that it needs. */
final class Bundle implements Closeable {

  private static final String FOLDER = "io/github/kameleoonservlet/installer/jars";

  private final Path folder;
  private final @Nullable FileSystem ownJar;

  private Bundle(Path folder, @Nullable FileSystem ownJar) {
    this.folder = folder;
    this.ownJar = ownJar;
  }

  /** Opens the jar, or the folder, from which this class was loaded. */
  static Bundle open() throws IOException {
    Path own;
    try {
      URI location = Bundle.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      own = Path.of(location);
    } catch (URISyntaxException e) {
      throw new IOException("cannot find the jar of this command", e);
    }
    if (Files.isDirectory(own)) {
      return new Bundle(own.resolve(FOLDER), null);
    }
    FileSystem files = FileSystems.newFileSystem(own);
    return new Bundle(files.getPath(FOLDER), files);
  }

  /** Returns the jars of an edition. The first is the library. */
  List<Library> libraries(Edition edition) throws IOException {
    List<Library> libraries = new ArrayList<>();
    for (String name : names(edition)) {
      libraries.add(Library.read(folder.resolve(name)));
    }
    return libraries;
  }

  /** Returns the file names of the jars of an edition. The first is that of the library. */
  List<String> names(Edition edition) throws IOException {
    return Files.readAllLines(folder.resolve(edition + ".list")).stream()
        .filter(name -> !name.isBlank())
        .toList();
  }

  @Override
  public void close() throws IOException {
    if (ownJar != null) {
      ownJar.close();
    }
  }
}
