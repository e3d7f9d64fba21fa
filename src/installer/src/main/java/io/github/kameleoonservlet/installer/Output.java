package io.github.kameleoonservlet.installer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * The place of the changed WAR. The WAR is made in a folder beside its place, and then moved in one
 * step, so that the place never has a part of a WAR.
 */
final class Output {

  /** The loader of a WAR that starts by {@code java -jar} and must not compress its jars. */
  private static final String LOADER = "org/springframework/boot/loader/";

  /** The time of the added files, so that equal input gives equal bytes. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final Path target;
  private final boolean isForced;

  Output(Path target, boolean isForced) {
    this.target = target.toAbsolutePath();
    this.isForced = isForced;
  }

  /** Checks the place before the work begins. */
  void check(Path input) throws IOException, RefusedException {
    Path folder = folder();
    if (target.getFileName() == null || (Files.isDirectory(target) && !Files.isDirectory(input))) {
      throw new RefusedException(
          "The output "
              + target
              + " is a folder. Name the file that the command writes, for example "
              + target.resolve("shop-kameleoon.war")
              + ".");
    }
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder.toString());
    }
    if (Files.isSymbolicLink(target)) {
      throw new RefusedException(
          "The output " + target + " is a symbolic link. Name the file itself.");
    }
    if (Files.exists(target) && !Files.isRegularFile(target) && !Files.isDirectory(target)) {
      throw new RefusedException("The output " + target + " is a pipe or a device. Name a file.");
    }
    if (Files.exists(target) && Files.isSameFile(input, target)) {
      throw new RefusedException(
          "The output "
              + target
              + " is the input. Name another file: the command does not change"
              + " its input.");
    }
    if (Files.isDirectory(input) && folder.toRealPath().startsWith(input.toRealPath())) {
      throw new RefusedException("The output " + target + " is inside of the input folder.");
    }
    if (!Files.isWritable(folder)) {
      throw new AccessDeniedException(folder.toString());
    }
  }

  /**
   * Writes the changed WAR.
   *
   * @return whether the place had another content before
   * @throws RefusedException if the place has another content, and may not be overwritten
   */
  boolean write(Path input, Changes changes) throws IOException, RefusedException {
    checkSpace(input, changes);
    Path work = Files.createTempDirectory(folder(), ".kameleoon-install-");
    Thread hook = new Thread(() -> deleteAtExit(work));
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      Path result = work.resolve(target.getFileName());
      if (Files.isDirectory(input)) {
        copyFolder(input, result);
        apply(changes, result);
      } else {
        Files.copy(input, result);
        makeWritable(result);
        if (!changes.isEmpty()) {
          applyToZip(changes, result, compression(input));
          CentralDirectory.restore(result, input, changes.written().keySet());
          WrittenZip.check(result, input, changes);
        }
      }
      return new Placement(target, isForced).moveHere(result);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      delete(work);
      remove(hook);
    }
  }

  /** Deletes what an interrupted run left, while its thread may still write. */
  private static void deleteAtExit(Path folder) {
    for (int attempt = 0; attempt < 10 && Files.exists(folder); attempt++) {
      try {
        delete(folder);
      } catch (IOException | UncheckedIOException e) {
        // A file was written or deleted at the same time.
      }
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending, and the hook runs.
    }
  }

  /**
   * The JDK's ZIP file system writes uncompressed entries with a data descriptor. Readers of
   * streams refuse such entries: {@code ZipInputStream}, and with it {@code jar uf} and the
   * deployment of Jetty 9.4. The added files are therefore compressed unless the WAR forbids it.
   */
  private static Map<String, ?> compression(Path war) throws IOException {
    try (ZipFile zip = new ZipFile(war.toFile())) {
      boolean hasLoader = zip.stream().anyMatch(entry -> entry.getName().startsWith(LOADER));
      return Map.of("compressionMethod", hasLoader ? "STORED" : "DEFLATED");
    }
  }

  /** The ZIP file system needs room for the copy of the WAR and for the changed WAR. */
  private void checkSpace(Path input, Changes changes) throws IOException {
    long added = changes.written().values().stream().mapToLong(content -> content.length).sum();
    long needed = 2 * FolderContent.size(input) + added;
    long usable = Files.getFileStore(folder()).getUsableSpace();
    if (usable < needed) {
      throw new FileSystemException(
          target.toString(),
          null,
          "the disk has " + usable / 1024 + " kB left, and " + needed / 1024 + " kB are needed");
    }
  }

  /** Writes the times of the added files in UTC, so that all machines write the same bytes. */
  private static void applyToZip(Changes changes, Path war, Map<String, ?> settings)
      throws IOException {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    try (FileSystem zip = FileSystems.newFileSystem(war, settings)) {
      apply(changes, zip.getPath("/"));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  private static void apply(Changes changes, Path root) throws IOException {
    for (String name : changes.removed()) {
      Files.deleteIfExists(root.resolve(name));
    }
    FileTime time = FileTime.from(TIME.atZone(ZoneId.systemDefault()).toInstant());
    for (Map.Entry<String, byte[]> file : changes.written().entrySet()) {
      Path path = root.resolve(file.getKey());
      for (Path folder : parents(path)) {
        if (!Files.exists(folder)) {
          Files.createDirectory(folder);
          setTimes(folder, time);
        }
      }
      Files.write(path, file.getValue());
      setTimes(path, time);
    }
  }

  private static List<Path> parents(Path path) {
    return Stream.<Path>iterate(path.getParent(), parent -> parent != null, Path::getParent)
        .sorted(Comparator.comparing(Path::getNameCount))
        .toList();
  }

  private static void setTimes(Path path, FileTime time) throws IOException {
    Files.getFileAttributeView(path, BasicFileAttributeView.class).setTimes(time, time, time);
  }

  private static void copyFolder(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = to.resolve(from.relativize(file));
        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        makeWritable(copy);
      }
    }
  }

  /** A copy has the permissions of the original, which may forbid the change. */
  private static void makeWritable(Path copy) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(copy, PosixFileAttributeView.class);
    if (view != null && !Files.isWritable(copy)) {
      Set<PosixFilePermission> permissions = view.readAttributes().permissions();
      permissions.add(PosixFilePermission.OWNER_WRITE);
      view.setPermissions(permissions);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private Path folder() {
    Path parent = target.getParent();
    return parent == null ? target : parent;
  }
}
