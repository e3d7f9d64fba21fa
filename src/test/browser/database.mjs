// Runs a database in a separate JVM, which a test can stop and start again.
import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const libraries = join(process.env.SHOP_TARGET, "webapp-sample/WEB-INF/lib");

/** Starts H2's server on a free port of loopback, with an empty folder for its files. */
export async function startDatabase() {
  const folder = await mkdtemp(join(tmpdir(), "kameleoon-database-"));
  const jar = (await readdir(libraries)).find((name) => /^h2-.*\.jar$/.test(name));
  const java = join(process.env.JAVA_HOME ?? "", process.env.JAVA_HOME ? "bin/java" : "java");
  let server;
  let port = 0;

  async function start() {
    const options = ["-tcp", "-tcpPort", String(port), "-ifNotExists", "-baseDir", folder];
    const jvm = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dh2.bindAddress=127.0.0.1"];
    server = spawn(java, [...jvm, "-cp", join(libraries, jar), "org.h2.tools.Server", ...options], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    port = await new Promise((resolve, reject) => {
      let output = "";
      server.stdout.on("data", (chunk) => {
        output += chunk;
        const started = /tcp:\/\/[^:]+:(\d+)/.exec(output);
        if (started) {
          resolve(Number(started[1]));
        }
      });
      server.once("close", () => reject(new Error(`the database did not start:\n${output}`)));
    });
  }

  async function stop() {
    const ended = new Promise((resolve) => server.once("close", resolve));
    server.kill();
    await ended;
  }

  await start();
  return {
    /** The JDBC URL, which stays the same after a stop. */
    url: `jdbc:h2:tcp://127.0.0.1:${port}/shop`,
    start,
    stop,
    /** Stops the server and deletes its files. */
    async remove() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
