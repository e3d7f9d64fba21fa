package io.github.kameleoonservlet.installer;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a file breaks its lines and indents its elements. */
final class Layout {

  private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\r|\n");

  /** The rest of a line: blanks, at most one comment, and no other markup. */
  private static final Pattern REST_OF_LINE =
      Pattern.compile("[ \t]*(<!--(?:(?!-->|[\r\n]).)*-->)?[ \t]*(?=[\r\n])");

  private static final Pattern BLANK_LINE = Pattern.compile("[ \t]*(?>\r\n|\r|\n)[ \t]*[\r\n]");

  private static final String DEFAULT_UNIT = "  ";

  private final String text;
  private final XmlElement root;

  Layout(XmlDocument document) {
    text = document.text().toString();
    root = document.root();
  }

  /** Returns the index after a tag, and after a comment that follows the tag in the same line. */
  int afterTag(int tagEnd) {
    Matcher rest = REST_OF_LINE.matcher(text).region(tagEnd, text.length());
    rest.useTransparentBounds(true);
    return rest.lookingAt() && rest.group(1) != null ? rest.end(1) : tagEnd;
  }

  /** Returns whether only blanks stand between the index and the end of its line. */
  boolean isEndOfLine(int at) {
    int end = at;
    while (end < text.length() && isBlank(text.charAt(end))) {
      end++;
    }
    return end == text.length() || text.charAt(end) == '\n' || text.charAt(end) == '\r';
  }

  boolean isBeforeBlankLine(int at) {
    return BLANK_LINE.matcher(text).region(at, text.length()).lookingAt();
  }

  /** Returns the last line break before the index, else the first one, else an empty text. */
  String lineBreak(int at) {
    String found = "";
    Matcher matcher = LINE_BREAK.matcher(text);
    while (matcher.find() && (found.isEmpty() || matcher.start() < at)) {
      found = matcher.group();
    }
    return found;
  }

  /** Returns the indentation of the root's child elements near the index. */
  String indentation(int at) {
    List<XmlElement> children = inFile(root).toList();
    return Stream.concat(
            children.stream().filter(child -> child.place().start() < at).sorted(this::latestFirst),
            children.stream())
        .map(this::indentation)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseGet(() -> rootIndentation() + unit());
  }

  String rootIndentation() {
    return Objects.requireNonNullElse(indentation(root), "");
  }

  /** Returns by how much the file indents an element more than its parent. */
  String unit() {
    return inFile(root)
        .flatMap(child -> inFile(child).map(grandchild -> difference(child, grandchild)))
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> inFile(root).flatMap(child -> difference(root, child).stream()).findFirst())
        .orElse(DEFAULT_UNIT);
  }

  private Optional<String> difference(XmlElement parent, XmlElement child) {
    String outer = indentation(parent);
    String inner = indentation(child);
    return outer == null || inner == null || inner.equals(outer) || !inner.startsWith(outer)
        ? Optional.empty()
        : Optional.of(inner.substring(outer.length()));
  }

  private int latestFirst(XmlElement one, XmlElement other) {
    return Integer.compare(other.place().start(), one.place().start());
  }

  private static Stream<XmlElement> inFile(XmlElement parent) {
    return parent.children().stream().filter(child -> child.span() != null);
  }

  /** Returns the blanks before an element, or null if something else is before it in its line. */
  private @Nullable String indentation(XmlElement element) {
    int end = element.place().start();
    int start = end;
    while (start > 0 && isBlank(text.charAt(start - 1))) {
      start--;
    }
    boolean ownLine =
        start == 0 || text.charAt(start - 1) == '\n' || text.charAt(start - 1) == '\r';
    return ownLine ? text.substring(start, end) : null;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
