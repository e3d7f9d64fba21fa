package io.github.kameleoonservlet.benchmark.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import org.apache.commons.io.FileUtils;

/**
 * Prints the cost of the store with ten thousand and with many links, and how many requests the
 * cache answers. Fails if a result of the store is wrong, never because of a time.
 */
public final class ScaleBenchmark {

  private static final long FEW = 10_000;
  private static final int POPULATION = 1_000_000;

  private ScaleBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args the directory for the databases, which are deleted at the end, and the number of
   *     links
   */
  public static void main(String[] args) throws Exception {
    long began = System.nanoTime();
    Path directory = Files.createTempDirectory(Path.of(args[0]), "scale");
    long many = Long.parseLong(args[1]);
    try {
      stores(directory, many);
      if (many > POPULATION) {
        CacheTables.print(POPULATION, 10 * POPULATION);
      } else {
        CacheTables.print((int) many);
      }
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
    System.out.printf(Locale.ROOT, "%nTook %.0f s.%n", (System.nanoTime() - began) / 1e9);
  }

  private static void stores(Path directory, long many) throws SQLException, IOException {
    Path fewCsv = directory.resolve("few.csv");
    Path manyCsv = directory.resolve("many.csv");
    MadeUpUsers.export(FEW, fewCsv);
    MadeUpUsers.export(many, manyCsv);
    for (boolean h2 : new boolean[] {false, true}) {
      Path own = Files.createDirectory(directory.resolve(h2 ? "h2" : "pg"));
      try (ScaleDatabase database = h2 ? new H2AtScale(own) : new PostgresAtScale(own)) {
        StoreTables tables = new StoreTables(database, own, FEW, many);
        tables.load(fewCsv, manyCsv);
        tables.measure();
      }
      FileUtils.deleteDirectory(own.toFile());
    }
  }
}
