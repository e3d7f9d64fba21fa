// Runs the sample shop in a separate JVM, and a real browser with Kameleoon's JavaScript SDK.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { chromium } from "playwright-core";

export const COOKIE = "kameleoonVisitorCode";
export const CODE = /^[A-Za-z0-9._:@~|+/-]{1,100}$/;

/** The time-out of a page in milliseconds, which only a hanging machine exceeds. */
export const PATIENCE = 120_000;

const ATTEMPTS = 10;

const target = process.env.SHOP_TARGET;
const require = createRequire(import.meta.url);
const sdk = require
  .resolve("@kameleoon/javascript-sdk")
  .replace("javascript-sdk.cjs.min.js", "javascript-sdk.es.min.js");

/** The shop's data file, the same for both SDKs. */
export const dataFile = JSON.parse(
  await readFile(join(target, "webapp-sample/WEB-INF/kameleoon-data-file.json"), "utf8"),
);

/**
 * Starts the shop on a free port or on the given port, with its own database. The given files
 * replace or extend the files of a copy of the shop.
 */
export async function startShop(environment = {}, { port = 0, files = {} } = {}) {
  const home = await mkdtemp(join(tmpdir(), "kameleoon-shop-"));
  let webapp = join(target, "webapp-sample");
  if (Object.keys(files).length > 0) {
    await cp(webapp, join(home, "webapp"), { recursive: true });
    webapp = join(home, "webapp");
    for (const [name, text] of Object.entries(files)) {
      await writeFile(join(webapp, name), text);
    }
  }
  const classPath = [join(target, "test-classes"), join(process.env.SHOP_SERVER, "*")].join(":");
  const java = spawn(
    join(process.env.JAVA_HOME ?? "", process.env.JAVA_HOME ? "bin/java" : "java"),
    [
      "-XX:TieredStopAtLevel=1",
      "-XX:+UseSerialGC",
      `-Duser.home=${home}`,
      "-cp",
      classPath,
      "io.github.kameleoonservlet.sample.SampleServer",
      webapp,
      String(port),
    ],
    { env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] },
  );
  const ended = new Promise((resolve) => java.once("close", resolve));
  let output = "";
  const base = await new Promise((resolve, reject) => {
    const read = (chunk) => {
      output += chunk;
      const ready = /The shop is ready: (\S+)/.exec(output);
      if (ready) {
        resolve(ready[1]);
      }
    };
    java.stdout.on("data", read);
    java.stderr.on("data", read);
    java.once("error", reject);
    java.once("close", () => reject(new Error(`the shop did not start:\n${output}`)));
  });
  return {
    base,
    async stop() {
      java.kill();
      await ended;
      await rm(home, { recursive: true, force: true });
    },
  };
}

/**
 * Goes back. Chromium may report for a moment that no page is active; the function then tries
 * again.
 */
export async function goBack(page) {
  const until = Date.now() + PATIENCE;
  for (;;) {
    try {
      // The event "load" does not occur for a page from the back-forward cache.
      return await page.goBack({ waitUntil: "commit" });
    } catch (error) {
      if (!error.message.includes("Not attached to an active page") || Date.now() > until) {
        throw error;
      }
      await setTimeout(50);
    }
  }
}

/** Starts Chromium. Without the back-forward cache, old pages come from the HTTP cache. */
export function startBrowser({ backForwardCache = true } = {}) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
    // Playwright disables the cache by a default argument.
    ignoreDefaultArgs: backForwardCache ? ["--disable-back-forward-cache"] : [],
  });
}

/**
 * Creates a device of a user, with its own cookies. The SDK comes from the installed package; its
 * requests to the platform get responses from the shop's data file; all other requests outside the
 * shop fail.
 */
export async function newDevice(browser, base, { platform = dataFile, ...options } = {}) {
  const context = await browser.newContext({ baseURL: base, ...options });
  context.setDefaultTimeout(PATIENCE);
  const sent = [];
  const strangers = [];
  await context.route("**/*", async (route) => {
    const url = new URL(route.request().url());
    if (url.port === new URL(base).port) {
      return url.pathname === "/kameleoon-sdk.mjs"
        ? route.fulfill({ path: sdk, contentType: "text/javascript" })
        : route.fallback();
    }
    const cors = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*" };
    if (url.host === "sdk-config.kameleoon.eu") {
      return route.fulfill({ headers: cors, json: platform });
    }
    if (url.host === "data.kameleoon.io") {
      sent.push(...(route.request().postData() ?? "").split("\n").filter(Boolean));
      return route.fulfill({ headers: cors, json: {} });
    }
    strangers.push(url.href);
    return route.abort();
  });
  const page = await context.newPage();
  return new Device(context, page, base, sent, strangers);
}

class Device {
  constructor(context, page, base, sent, strangers) {
    Object.assign(this, { context, page, base, sent, strangers });
  }

  /** Opens a page of the shop. */
  open(path = "") {
    return this.page.goto(path);
  }

  text(id) {
    return this.page.locator(`#${id}`).textContent();
  }

  /** Signs in through the shop's form, and follows the redirect to the first page. */
  async signIn(user) {
    await this.open("login");
    await this.page.fill("#user", user);
    await this.page.fill("#password", "demo");
    await this.page.click("main button:text('Sign in')");
    await this.page.waitForSelector("nav button:text('Sign out')");
    // A slow store misses its time-out; the next request asks the store again.
    for (let i = 0; i < ATTEMPTS && (await this.text("visitor-outcome")) === "UNRESOLVED"; i++) {
      await this.open();
    }
    assert.equal(await this.text("visitor-user"), user);
  }

  async signOut() {
    await this.page.click("nav button:text('Sign out')");
    await this.page.waitForSelector("nav a:text('Sign in')");
  }

  /** Returns the visitor cookies of the browser; more than one is a fault. */
  async cookies() {
    return (await this.context.cookies()).filter((cookie) => cookie.name === COOKIE);
  }

  /** Starts the SDK in the open page; `sdk` is then a global variable of the page. */
  async startSdk(configuration = {}) {
    await this.page.evaluate(async (configuration) => {
      const { KameleoonClient } = await import("/kameleoon-sdk.mjs");
      window.sdk = new KameleoonClient({ siteCode: "a1b2c3d4e5", configuration });
      if (!(await window.sdk.initialize())) {
        throw new Error("the SDK did not start");
      }
    }, configuration);
  }

  /** Returns the visitor code that the SDK uses. */
  sdkCode() {
    return this.page.evaluate(() => window.sdk.getVisitorCode());
  }

  /** Calls the API from the page, with fetch. */
  api(method, path, body) {
    return this.page.evaluate(
      async ([url, options]) => {
        const answer = await fetch(url, options);
        const text = await answer.text();
        return { status: answer.status, body: text ? JSON.parse(text) : null };
      },
      [`/api/${path}`, body === undefined ? { method } : { method, body: JSON.stringify(body) }],
    );
  }

  async close() {
    await this.context.close();
    assert.deepEqual(this.strangers, [], "nothing else on the network is asked");
  }
}
