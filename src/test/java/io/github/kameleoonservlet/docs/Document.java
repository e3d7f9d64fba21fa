package io.github.kameleoonservlet.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A text for users or contributors, in Markdown.
 *
 * @param file the path from the root of the project
 * @param text the content of the file
 */
record Document(Path file, String text) {

  private static final Pattern BLOCK =
      Pattern.compile("(?m)^( *)```(\\w*)\n(.*?)\n *```$", Pattern.DOTALL);

  /** Returns the texts that describe the library as it is: the README, docs, and SECURITY.md. */
  static List<Document> current() {
    return Stream.concat(
            Stream.of(of("README.md"), of("SECURITY.md")), below("docs", ".md").map(Document::of))
        .toList();
  }

  /** Returns all texts, including those about the project itself. */
  static List<Document> all() {
    return Stream.concat(
            current().stream(),
            Stream.of(of("CONTRIBUTING.md"), of("CHANGELOG.md"), of("RATIONALE.md")))
        .toList();
  }

  static Document of(String file) {
    return of(Path.of(file));
  }

  private static Document of(Path file) {
    return new Document(file, read(file));
  }

  /** Returns the code blocks of a language, each as its lines without the common indentation. */
  List<List<String>> blocks(String language) {
    return BLOCK
        .matcher(text)
        .results()
        .filter(block -> block.group(2).equals(language))
        .map(block -> block.group(3).lines().map(String::strip).toList())
        .toList();
  }

  /** Returns the text without its code blocks. */
  String prose() {
    return BLOCK.matcher(text).replaceAll("");
  }

  /** Returns the matches of a pattern outside of code blocks. */
  List<MatchResult> find(String pattern) {
    return Pattern.compile(pattern).matcher(prose()).results().toList();
  }

  /** Returns the files below a folder whose names have an ending. */
  static Stream<Path> below(String folder, String ending) {
    if (!Files.isDirectory(Path.of(folder))) {
      return Stream.of();
    }
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .filter(file -> !file.toString().contains("/target/"))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the path, for the messages of failed tests. */
  @Override
  public String toString() {
    return file.toString();
  }
}
