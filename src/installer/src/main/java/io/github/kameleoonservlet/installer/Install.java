package io.github.kameleoonservlet.installer;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "kameleoon-servlet-install",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    versionProvider = Install.Version.class,
    synopsisHeading =
        "Usage: java -jar kameleoon-servlet-install.jar shop.war -o shop-kameleoon.war --site-code CODE%n       ",
    description = "Puts the Kameleoon visitor filter and its libraries into a WAR.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:The output is written, or already has the right content.",
      "1:A fault of this command, or Java is older than 17.",
      "2:An option is missing or not valid.",
      "3:The WAR or the output does not allow the change. Nothing is written.",
      "4:A file cannot be read or written. Nothing is written."
    })
final class Install implements Callable<Integer> {

  static final int REFUSED = 3;
  static final int UNREADABLE = 4;

  private static final String TOO_LARGE =
      "The WAR does not fit into the memory of Java. Give Java more memory (java -Xmx4g -jar ...). If"
          + " that does not help, an entry of the WAR has a false size: build the WAR again.";

  @Spec @Nullable CommandSpec spec;

  @Mixin InstallOptions options = new InstallOptions();

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Install())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((fault, arguments) -> usageError(fault));
  }

  @Override
  public Integer call() {
    CommandLine line = spec().commandLine();
    String fault = options.fault();
    if (fault != null) {
      throw new ParameterException(line, fault);
    }
    try {
      DataFile dataFile = options.filter.readDataFile();
      String dataFileFault = dataFile == null ? null : dataFile.fault();
      if (dataFileFault != null) {
        throw new ParameterException(line, dataFileFault);
      }
      line.getOut().print(new Installation(options, dataFile).run().text());
      line.getOut().flush();
      return CommandLine.ExitCode.OK;
    } catch (RefusedException e) {
      return fail(line.getErr(), e.lines(), REFUSED);
    } catch (IOException e) {
      return fail(line.getErr(), List.of(message(e)), UNREADABLE);
    } catch (UncheckedIOException e) {
      IOException cause = e.getCause();
      return fail(
          line.getErr(), List.of(message(cause == null ? new IOException(e) : cause)), UNREADABLE);
    } catch (OutOfMemoryError e) {
      return fail(line.getErr(), List.of(TOO_LARGE), REFUSED);
    }
  }

  /** Prints the cause only: the whole list of options would hide it. */
  private static int usageError(ParameterException fault) {
    PrintWriter err = fault.getCommandLine().getErr();
    err.println(ZipChecks.printable(String.valueOf(fault.getMessage())));
    err.println("--help lists the options.");
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  private static int fail(PrintWriter err, List<String> lines, int exitCode) {
    lines.stream().map(ZipChecks::printable).forEach(err::println);
    err.println("Nothing was written.");
    err.flush();
    return exitCode;
  }

  /** Returns a sentence, because the message of a file system is often only the name of a file. */
  private static String message(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return "Cannot read or write " + denied.getFile() + ": permission denied.";
    }
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist.";
    }
    if (e instanceof FileSystemException file && file.getReason() != null) {
      return "Cannot read or write " + file.getFile() + ": " + file.getReason() + ".";
    }
    return "Cannot read or write a file: " + e.getMessage() + ".";
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets the specification");
    }
    return spec;
  }

  /** Reads the version from the manifest of the jar. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = Install.class.getPackage().getImplementationVersion();
      return new String[] {
        "kameleoon-servlet-install " + (version == null ? "(not packaged)" : version)
      };
    }
  }
}
