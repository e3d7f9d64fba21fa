package io.github.kameleoonservlet.installer;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(name = "kameleoon-servlet-install", mixinStandardHelpOptions = true)
final class Install implements Callable<Integer> {

  public static void main(String[] args) {
    System.exit(new CommandLine(new Install()).execute(args));
  }

  @Override
  public Integer call() {
    return 0;
  }
}
