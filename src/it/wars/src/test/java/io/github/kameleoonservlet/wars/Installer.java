package io.github.kameleoonservlet.wars;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that puts the filter into a WAR. */
final class Installer {

  private final Path jar;
  private final Path dataFile;

  Installer(Path jar, Path dataFile) {
    this.jar = jar;
    this.dataFile = dataFile;
  }

  /**
   * Runs the command.
   *
   * @return what it printed
   * @throws IllegalStateException if it fails
   */
  String install(Path war, Path out, List<String> options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", jar.toString(), war.toString(), "-o", out.toString()));
    command.addAll(List.of("--data-file", dataFile.toString()));
    command.addAll(options);
    Path log = out.resolveSibling(out.getFileName() + ".txt");
    int code =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    String printed = Files.readString(log, StandardCharsets.UTF_8);
    if (code != 0) {
      throw new IllegalStateException("The installer ended with " + code + ":\n" + printed);
    }
    return printed;
  }
}
