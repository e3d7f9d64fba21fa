// Tests a page that a real Chromium prerenders. DevTools would prevent prerendering, so that the
// pages come through a proxy, which adds the stand-in for engine.js and receives the calls of the
// stand-in.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, request as ask } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { PATIENCE, startShop } from "./shop.mjs";

/** Runs in each page: a started engine, and on the first page the rule and the click. */
function inEveryPage() {
  const say = (what, value) =>
    fetch("/said", {
      method: "POST",
      body: JSON.stringify([location.search, document.prerendering, what, value]),
      keepalive: true,
    });
  window.Kameleoon = { API: { Visitor: { setVisitorCode: () => say("code", 0) } } };
  window.kameleoonQueue = { push: ([what, id]) => say(what, id) };
  if (location.pathname === "/login") {
    addEventListener("load", async () => {
      const rules = document.createElement("script");
      rules.type = "speculationrules";
      rules.text = JSON.stringify({
        prerender: [{ source: "list", urls: ["/?from=rule"], eagerness: "immediate" }],
      });
      document.head.append(rules);
      await fetch("/prerendered");
      location.href = "/?from=rule";
    });
  }
}

test("a prerendered page reports its exposures when it is shown, and not before", async () => {
  const shop = await startShop();
  const said = [];
  const proxy = createServer(async (request, response) => {
    if (request.url === "/said") {
      const chunks = await request.toArray();
      said.push(JSON.parse(Buffer.concat(chunks)));
      return response.end();
    }
    if (request.url === "/prerendered") {
      // The script of the prerendered page has run; it always hands over the code.
      await until(() => said.some(([page, , what]) => page === "?from=rule" && what === "code"));
      return response.end();
    }
    const asked = ask(
      new URL(request.url, shop.base),
      { method: request.method, headers: { ...request.headers, "accept-encoding": "identity" } },
      async (answer) => {
        const body = Buffer.concat(await answer.toArray()).toString();
        const headers = { ...answer.headers };
        delete headers["content-length"];
        delete headers["transfer-encoding"];
        response.writeHead(answer.statusCode, headers);
        response.end(body.replace("<head>", `<head><script>(${inEveryPage})()</script>`));
      },
    );
    request.pipe(asked);
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const profile = await mkdtemp(join(tmpdir(), "kameleoon-profile-"));
  const chromium = spawn(
    process.env.CHROMIUM ?? "/usr/bin/chromium",
    [
      "--headless=new",
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      `--user-data-dir=${profile}`,
      `http://127.0.0.1:${proxy.address().port}/login`,
    ],
    { stdio: "ignore" },
  );
  try {
    const ofThePage = () => said.filter(([page]) => page === "?from=rule");
    const expected = [
      "Experiments.assignVariation 7101",
      "Experiments.assignVariation 7102",
      "Experiments.assignVariation 7107",
      "Experiments.trigger 7101",
      "Experiments.trigger 7102",
      "Experiments.trigger 7107",
      "code 0 before",
    ];
    await until(() => ofThePage().length >= expected.length);
    // The lines are sorted, because each arrives by a separate request.
    assert.deepEqual(
      ofThePage()
        .map(([, prerendering, what, id]) => `${what} ${id}${prerendering ? " before" : ""}`)
        .sort(),
      expected,
    );
  } finally {
    chromium.kill();
    await once(chromium, "close");
    proxy.closeAllConnections();
    proxy.close();
    await shop.stop();
    await rm(profile, { recursive: true, force: true });
  }
});

async function until(check) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    if (check()) {
      return;
    }
    await setTimeout(50);
  }
  assert.fail("waited in vain");
}
