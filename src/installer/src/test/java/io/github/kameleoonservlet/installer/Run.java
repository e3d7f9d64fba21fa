package io.github.kameleoonservlet.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.TimeZone;
import picocli.CommandLine;

/** One run of the command in this JVM. */
record Run(int exitCode, String out, String err) {

  static Run of(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Install.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exitCode =
        line.execute(Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new));
    return new Run(exitCode, out.toString(), err.toString());
  }

  /** Runs the command on a machine of this time zone, which the command must not change. */
  static Run inZone(String zone, Object... arguments) {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try {
      Run run = of(arguments);
      assertThat(TimeZone.getDefault().getID()).isEqualTo(zone);
      return run;
    } finally {
      TimeZone.setDefault(before);
    }
  }
}
