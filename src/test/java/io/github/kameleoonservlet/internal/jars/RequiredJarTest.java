package io.github.kameleoonservlet.internal.jars;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequiredJarTest {

  private static final String TYPE = OldType.class.getName();

  @TempDir private Path folder;

  /** A class of an old jar. */
  static final class OldType {}

  @Test
  void fault_ofAVersionWithControlCharacters_isOneLineWithoutThem() throws IOException {
    Path jar = jar("1.3\u001b[31m\u0007\u0085\u2028ERROR");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      String fault = new RequiredJar("old", "2.0", TYPE, TYPE + "#gone()").fault(loader, Map.of());

      assertThat(fault)
          .startsWith("old-1.3.jar of version 1.3?[31m???ERROR (needed: old 2.0 or later; ");
    }
  }

  /** Several jars depend on the same class of httpclient5. */
  @Test
  void classFile_ofTwoJars_isReadOnce() {
    AtomicInteger reads = new AtomicInteger();
    ClassLoader loader =
        new ClassLoader(OldType.class.getClassLoader()) {
          @Override
          public @Nullable InputStream getResourceAsStream(String name) {
            reads.incrementAndGet();
            return super.getResourceAsStream(name);
          }
        };
    Map<String, String> classFiles = new HashMap<>();
    RequiredJar.Use use = new RequiredJar.Use(TYPE, "OldType", TYPE);

    for (String name : List.of("one", "two")) {
      assertThat(
              new RequiredJar(name, "2.0", TYPE, use, List.of(TYPE + "#gone()"))
                  .fault(loader, classFiles))
          .contains(name + " 2.0 or later");
    }

    assertThat(reads).hasValue(1);
  }

  private Path jar(String version) throws IOException {
    Path jar = folder.resolve("old-1.3.jar");
    String file = TYPE.replace('.', '/') + ".class";
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar));
        InputStream content = OldType.class.getClassLoader().getResourceAsStream(file)) {
      zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      zip.write(
          ("Manifest-Version: 1.0\nImplementation-Version: " + version + "\n\n")
              .getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry(file));
      zip.write(content.readAllBytes());
    }
    return jar;
  }
}
