// Tests Kameleoon's JavaScript SDK in the shop's pages: one code, one cookie, one variation.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { CODE, COOKIE, PATIENCE, dataFile, goBack, newDevice, startBrowser, startShop } from "./shop.mjs";

const DAY = 24 * 60 * 60;
const CODES = 200;

let browser;
let shop;

before(async () => {
  browser = await startBrowser();
  shop = await startShop();
});

after(async () => {
  await browser?.close();
  await shop?.stop();
});

/** Runs a test with a new device, which has its own cookies. */
function story(name, run) {
  test(name, async () => {
    const device = await newDevice(browser, shop.base);
    try {
      await run(device);
    } finally {
      await device.close();
    }
  });
}

/** Returns the visitor cookie; fails unless there is exactly one. */
async function onlyCookie(device) {
  const cookies = await device.cookies();
  assert.equal(cookies.length, 1, JSON.stringify(cookies));
  return cookies[0];
}

const daysLeft = (cookie) => Math.round((cookie.expires - Date.now() / 1000) / DAY);

async function eventually(check, what) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    if (await check()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.fail(`waited in vain for ${what}`);
}

// Website and backend share the code by the cookie.

story("the SDK returns the code that the server issued", async (device) => {
  await device.open();
  const issued = await device.text("visitor-code");
  assert.match(issued, CODE);

  await device.startSdk();
  assert.equal(await device.sdkCode(), issued);
  assert.equal((await onlyCookie(device)).value, issued);
});

story("one cookie, after the SDK wrote it and after the server did", async (device) => {
  await device.open();
  const issued = await onlyCookie(device);
  assert.equal(daysLeft(issued), 380);
  assert.equal(issued.sameSite, "Lax");
  assert.equal(issued.httpOnly, false);

  await device.startSdk();
  await device.sdkCode();
  const rewritten = await onlyCookie(device);
  assert.equal(rewritten.value, issued.value);
  assert.equal(daysLeft(rewritten), 365, "the SDK wrote it");

  await device.open();
  const refreshed = await onlyCookie(device);
  assert.equal(refreshed.value, issued.value);
  assert.equal(daysLeft(refreshed), 380, "the server wrote it");
});

story("the SDK follows the switch at login, and back", async (device) => {
  const first = await newDevice(browser, shop.base);
  await first.open();
  const stored = await first.text("visitor-code");
  await first.signIn("user-1");
  assert.equal(await first.text("visitor-code"), stored);
  await first.close();

  await device.open();
  await device.startSdk();
  const anonymous = await device.sdkCode();
  assert.notEqual(anonymous, stored);
  await device.signIn("user-1");
  await device.startSdk();
  assert.equal(await device.sdkCode(), stored);
  assert.equal((await onlyCookie(device)).value, stored);

  await device.signOut();
  await device.startSdk();
  assert.equal(await device.sdkCode(), stored, "the device keeps the code");
});

story("an SDK that runs during the login follows at its next call", async (device) => {
  const first = await newDevice(browser, shop.base);
  await first.signIn("user-2");
  const stored = await first.text("visitor-code");
  await first.close();

  await device.open();
  await device.startSdk();
  await device.sdkCode();
  // The page signs in with fetch, and stays open.
  await device.page.evaluate(() =>
    fetch("/login", { method: "POST", body: new URLSearchParams("user=user-2&password=demo") }),
  );
  assert.equal(await device.sdkCode(), stored);
  assert.equal((await onlyCookie(device)).value, stored);
});

// A page synchronizes its code.

story("syncVisitor from a page, as the guide writes it", async (device) => {
  await device.open();
  await device.context.clearCookies();
  await device.startSdk();
  const own = await device.sdkCode();
  // The SDK has written the cookie. The test deletes it, so that only the body contains the code.
  await device.context.clearCookies();
  const posted = device.page.waitForRequest((request) => request.url().endsWith("/syncVisitor"));
  const answer = await device.page.evaluate(async (visitorCode) => {
    const response = await fetch("/api/syncVisitor", {
      method: "POST",
      body: JSON.stringify({ visitorCode }),
    });
    return response.json();
  }, own);

  assert.match((await posted).headers()["content-type"], /^text\/plain/);
  assert.deepEqual(answer, { visitorCode: own, known: false, outcome: "RECOGNIZED" });
  await device.open();
  assert.equal(await device.text("visitor-code"), own);
});

story("syncVisitor of a known user hands the page the stored code", async (device) => {
  await device.signIn("user-3");
  const stored = await device.text("visitor-code");
  const { status, body } = await device.api("POST", "syncVisitor", { visitorCode: "of-the-page" });

  assert.equal(status, 200);
  assert.deepEqual(body, { visitorCode: stored, known: true, outcome: "RECOGNIZED" });
  await device.startSdk();
  assert.equal(await device.sdkCode(), stored);
});

story("syncVisitor from another site is refused and changes nothing", async (device) => {
  await device.open();
  const before = (await onlyCookie(device)).value;
  // 127.0.0.1 and localhost are different sites for a browser, although the same server responds.
  await device.page.goto(shop.base.replace("127.0.0.1", "localhost"));
  const answered = device.page.waitForResponse((response) => response.url().includes("/api/"));
  await device.page.evaluate(
    (url) =>
      fetch(url, {
        method: "POST",
        mode: "no-cors",
        credentials: "include",
        body: JSON.stringify({ visitorCode: "planted" }),
      }),
    `${shop.base}api/syncVisitor`,
  );

  assert.equal((await answered).status(), 403);
  const [{ value }] = (await device.cookies()).filter(({ domain }) => domain === "127.0.0.1");
  assert.equal(value, before);
});

story("the second device's page shows the shop's answers", async (device) => {
  await device.signIn("user-4");
  const code = await device.text("visitor-code");
  const offer = await device.text("spring-offer");
  await device.open("device.jsp");
  const press = async (name) => {
    await device.page.evaluate(() => {
      document.getElementById("device-status").textContent = "";
    });
    await device.page.click(`button[data-call=${name}]`);
    await device.page.waitForFunction(
      () => document.getElementById("device-status").textContent !== "",
    );
    const text = await device.text("device-answer");
    return [Number(await device.text("device-status")), text ? JSON.parse(text) : null];
  };

  assert.deepEqual(await press("code"), [
    200,
    { visitorCode: code, known: true, outcome: "RECOGNIZED" },
  ]);
  const [status, variation] = await press("variation");
  assert.equal(status, 200);
  assert.equal(variation.visitorCode, code);
  assert.equal(variation.key, offer);
  const [, synchronized] = await press("sync");
  assert.equal(synchronized.visitorCode, code, "a known user keeps the stored code");
  assert.deepEqual(await press("conversion"), [204, null]);
  assert.deepEqual(await press("erase"), [204, null]);
  assert.deepEqual(await device.cookies(), []);
});

// Decisions.

/** Returns the SDK's decisions in the page for every code and feature, without exposure. */
function decideInPage(device, codes, features) {
  return device.page.evaluate(
    ([codes, features]) =>
      codes.map((visitorCode) =>
        features.map((featureKey) => {
          try {
            const { key, id, experimentId, variables } = window.sdk.getVariation({
              visitorCode,
              featureKey,
              track: false,
            });
            const values = [...variables.values()].map(({ key, value }) => [key, value]);
            return { key, id, experimentId, variables: Object.fromEntries(values) };
          } catch (error) {
            return { key: "off", error: error.type };
          }
        }),
      ),
    [codes, features],
  );
}

/** Returns the server's decision for a client that sends only this code. */
async function decideOnServer(base, visitorCode, featureKey) {
  const answer = await fetch(`${base}api/variation`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ visitorCode, featureKey }),
  });
  assert.equal(answer.status, 200);
  const decided = await answer.json();
  assert.equal(decided.visitorCode, visitorCode);
  return decided;
}

async function agreement(t, device, base, features, compareVariables) {
  const codes = Array.from({ length: CODES }, (_, i) => `visitor-${i}`);
  const inPage = await decideInPage(device, codes, features);
  const seen = new Map(features.map((feature) => [feature, new Map()]));
  for (const [i, code] of codes.entries()) {
    await Promise.all(
      features.map(async (feature, j) => {
        const server = await decideOnServer(base, code, feature);
        const page = inPage[i][j];
        const where = `${code}, ${feature}`;
        assert.equal(page.key, server.key, where);
        if (server.reason === "ASSIGNED") {
          assert.equal(page.id, server.id, where);
          assert.equal(page.experimentId, server.experimentId, where);
          if (compareVariables) {
            assert.deepEqual(page.variables, server.variables, where);
          }
        }
        const counts = seen.get(feature);
        counts.set(server.key, (counts.get(server.key) ?? 0) + 1);
      }),
    );
  }
  for (const [feature, counts] of seen) {
    t.diagnostic(`${feature}: ${CODES} of ${CODES} alike, ${JSON.stringify([...counts])}`);
  }
  return seen;
}

test(`the SDK decides as the server for ${CODES} codes and every flag of the shop`, async (t) => {
  const device = await newDevice(browser, shop.base);
  await device.open();
  await device.startSdk();
  const features = dataFile.featureFlags.map((flag) => flag.featureKey);
  const seen = await agreement(t, device, shop.base, features, true);

  assert.equal(features.length, 8);
  assert.deepEqual([...seen.get("spring-offer").keys()].sort(), ["control", "treatment"]);
  assert.deepEqual([...seen.get("gift-wrapping").keys()].sort(), ["off", "paper"]);
  await device.close();
});

story("page and server track the exposure under one code", async (device) => {
  await device.open();
  const code = await device.text("visitor-code");
  await device.startSdk();
  await device.page.evaluate(() => {
    const visitorCode = window.sdk.getVisitorCode();
    window.sdk.getVariation({ visitorCode, featureKey: "spring-offer" });
    window.sdk.trackConversion({ visitorCode, goalId: 301, revenue: 1 });
    return window.sdk.flush({ visitorCode, instant: true });
  });
  const conversion = await device.api("POST", "conversion", { goalId: 301, revenue: 2 });
  assert.equal(conversion.status, 204);

  const complete = (lines) =>
    lines.some((line) => line.includes("eventType=conversion")) &&
    lines.some((line) => line.includes("eventType=experiment") && /\bid=7101\b/.test(line));
  await eventually(() => complete(device.sent), "the page's events");
  const reader = await newDevice(browser, shop.base);
  let ofServer = [];
  await eventually(async () => {
    await reader.open("sent.jsp");
    ofServer = (await reader.page.locator("#sent-lines code").allTextContents()).filter((line) =>
      line.includes(`visitorCode=${code}`),
    );
    return complete(ofServer);
  }, "the server's events");
  await reader.close();

  const conversions = device.sent.filter((line) => line.includes("eventType=conversion"));
  assert.ok(conversions.every((line) => line.includes(`visitorCode=${code}`)));
});

// Back and forward.

story("the back button brings no old code back", async (device) => {
  const first = await newDevice(browser, shop.base);
  await first.signIn("user-5");
  const stored = await first.text("visitor-code");
  await first.close();

  await device.open();
  const anonymous = await device.text("visitor-code");
  await device.startSdk();
  await device.sdkCode();
  await device.page.evaluate(() => {
    window.addEventListener("pageshow", (event) => {
      window.fromCache = event.persisted;
    });
  });
  await device.page.click("nav a:text('Sign in')");
  await device.page.fill("#user", "user-5");
  await device.page.fill("#password", "demo");
  await device.page.click("main button:text('Sign in')");
  await device.page.waitForFunction(
    () => document.getElementById("visitor-user")?.textContent === "user-5",
  );
  await goBack(device.page);
  await goBack(device.page);
  await device.page.waitForSelector("#visitor-code");

  assert.notEqual(anonymous, stored);
  assert.equal((await onlyCookie(device)).value, stored);
  assert.equal(await device.page.evaluate(() => window.fromCache), true, "the page of before");
  assert.equal(await device.sdkCode(), stored);
  assert.equal((await onlyCookie(device)).value, stored);
  // A background request of the old page does not change the code either.
  assert.equal((await device.api("GET", "visitorCode")).body.visitorCode, stored);
  assert.equal((await onlyCookie(device)).value, stored);
});

for (const cache of ["back-forward cache", "HTTP cache"]) {
  test(`k:tracking hands engine.js no old code of a page out of the ${cache}`, async () => {
    const other = await startBrowser({ backForwardCache: cache === "back-forward cache" });
    const user = `user-${cache.length}`;
    try {
      const first = await newDevice(browser, shop.base);
      await first.signIn(user);
      const stored = await first.text("visitor-code");
      await first.close();

      // The test cannot use newDevice(), because interception disables the HTTP cache.
      const page = await other.newPage();
      page.setDefaultTimeout(PATIENCE);
      await page.addInitScript(() => {
        // engine.js writes the cookie when it receives a code.
        window.handed = [];
        const setVisitorCode = (code) => {
          window.handed.push(code);
          document.cookie = `kameleoonVisitorCode=${code}; path=/; max-age=31536000`;
        };
        window.Kameleoon = { API: { Visitor: { setVisitorCode } } };
      });
      // This address differs from that of the page after the login, because the HTTP cache would
      // replace this page by that one.
      await page.goto(`${shop.base}?from=mail`);
      const anonymous = await page.textContent("#visitor-code");
      assert.deepEqual(await page.evaluate(() => window.handed), [anonymous]);
      await page.click("nav a:text('Sign in')");
      await page.fill("#user", user);
      await page.fill("#password", "demo");
      await page.click("main button:text('Sign in')");
      await page.waitForFunction(
        (user) => document.getElementById("visitor-user")?.textContent === user,
        user,
      );
      assert.notEqual(anonymous, stored);
      await page.waitForFunction((stored) => window.handed.at(-1) === stored, stored);
      await goBack(page);
      await goBack(page);
      await page.waitForFunction(
        (anonymous) => document.getElementById("visitor-code")?.textContent === anonymous,
        anonymous,
      );
      await page.waitForFunction((stored) => window.handed.at(-1) === stored, stored);
      const cookies = (await page.context().cookies()).filter(({ name }) => name === COOKIE);
      assert.deepEqual(
        cookies.map(({ value }) => value),
        [stored],
      );
      if (cache === "HTTP cache") {
        assert.deepEqual(await page.evaluate(() => window.handed), [stored], "the old code never");
      }
    } finally {
      await other.close();
    }
  });
}

// Prefetch.

// Playwright prevents prerendering: Chromium then prefetches with the header of a prerender.
for (const rule of ["prefetch", "prerender"]) {
  test(`a page fetched by a rule "${rule}" reports its exposure once, when it is shown`, async () => {
    // The test cannot use newDevice(), because interception prevents Chromium's prefetch.
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE);
    try {
      await page.addInitScript(() => {
        // Stands for a started engine: accepts the code, and runs pushed commands.
        window.told = [];
        const setVisitorCode = (code) => window.told.push(["code", code]);
        window.Kameleoon = { API: { Visitor: { setVisitorCode } } };
        window.kameleoonQueue = { push: (command) => window.told.push(command) };
      });
      await page.goto(`${shop.base}login`);
      const [{ value: code }] = (await page.context().cookies()).filter(({ name }) => name === COOKIE);
      const used = [];
      const devTools = await page.context().newCDPSession(page);
      devTools.on("Preload.prefetchStatusUpdated", ({ status }) => used.push(status));
      await devTools.send("Preload.enable");
      await page.evaluate((rule) => {
        const rules = document.createElement("script");
        rules.type = "speculationrules";
        rules.text = JSON.stringify({
          [rule]: [{ source: "list", urls: ["/?from=rule"], eagerness: "immediate" }],
        });
        document.head.append(rules);
      }, rule);
      await eventually(() => used.includes("Ready"), "the prefetch");
      await page.evaluate(() => {
        window.location.href = "/?from=rule";
      });
      await page.waitForURL(/from=rule/);
      await page.waitForFunction(() => window.told.length >= 7);

      assert.ok(used.includes("Success"), `the page of the prefetch is shown: ${used}`);
      assert.deepEqual(await page.evaluate(() => window.told.map(([what, id]) => [what, id])), [
        ["code", code],
        ["Experiments.assignVariation", 7101],
        ["Experiments.trigger", 7101],
        ["Experiments.assignVariation", 7107],
        ["Experiments.trigger", 7107],
        ["Experiments.assignVariation", 7102],
        ["Experiments.trigger", 7102],
      ]);
      await page.goto(`${shop.base}sent.jsp`);
      const lines = await page.locator("#sent-lines code").allTextContents();
      assert.deepEqual(
        lines.filter((line) => line.includes("id=7101") && line.includes(`visitorCode=${code}`)),
        [],
        "the server has tracked none",
      );
    } finally {
      await page.close();
    }
  });
}

// Consent.

test("with consent required nothing is kept or sent before, and the SDK takes the code after", async () => {
  const careful = await startShop({ KAMELEOON_CONSENT: "required" });
  const platform = structuredClone(dataFile);
  platform.configuration.consentType = "REQUIRED";
  // With one enabled targeted delivery the SDK writes its cookie before consent.
  platform.featureFlags = platform.featureFlags.filter((flag) =>
    flag.rules.every((rule) => rule.type !== "TARGETED_DELIVERY"),
  );
  const device = await newDevice(browser, careful.base, { platform });
  try {
    for (const path of ["", "feature.jsp?key=free-shipping", "cart", "device.jsp"]) {
      await device.open(path);
      await device.page.waitForSelector("#consent-banner");
    }
    assert.equal((await device.api("POST", "conversion", { goalId: 301 })).status, 204);
    assert.deepEqual((await device.api("GET", "visitorCode")).body, {
      visitorCode: null,
      known: false,
      outcome: "WITHHELD",
    });
    assert.deepEqual(await device.context.cookies(), [], "nothing written by the server");
    await device.startSdk();
    await device.sdkCode();
    assert.deepEqual(await device.context.cookies(), [], "nor by the SDK");

    await device.page.click("#consent-grant");
    await device.page.waitForSelector("#consent-withdraw");
    await device.open();
    const code = await device.text("visitor-code");
    assert.match(code, CODE);
    assert.equal((await onlyCookie(device)).value, code);
    await device.startSdk();
    await device.page.evaluate((code) => window.sdk.setLegalConsent(code, true), code);
    assert.equal(await device.sdkCode(), code);
    assert.equal((await onlyCookie(device)).value, code);

    // The SDK sends events after the grant later than all earlier events.
    let lines = [];
    await eventually(async () => {
      await device.open("sent.jsp");
      lines = await device.page.locator("#sent-lines code").allTextContents();
      return lines.some((line) => line.includes("id=7101"));
    }, "the first exposure");
    assert.ok(lines.every((line) => line.includes(`visitorCode=${code}`)), lines.join("\n"));
    assert.ok(!lines.some((line) => line.includes("eventType=conversion")), lines.join("\n"));

    await device.page.click("#consent-withdraw");
    await device.page.waitForSelector("#consent-grant");
    assert.deepEqual(await device.cookies(), [], "withdrawn");
    await device.open();
    assert.equal(await device.text("visitor-code"), "none");
    assert.deepEqual(await device.cookies(), []);
  } finally {
    await device.close();
    await careful.stop();
  }
});

// A domain.

test("on a domain: one cookie, also beside an old one of the host, and other flags", async (t) => {
  const domain = "shop.localhost";
  const other = JSON.parse(await readFile(process.env.OTHER_DATA_FILE, "utf8"));
  const wide = await startShop({
    KAMELEOON_TOP_LEVEL_DOMAIN: domain,
    KAMELEOON_DATA_FILE: process.env.OTHER_DATA_FILE,
  });
  const base = wide.base.replace("127.0.0.1", `www.${domain}`);
  try {
    const first = await newDevice(browser, base, { platform: other });
    await first.signIn("user-1");
    const stored = await first.text("visitor-code");
    assert.equal((await onlyCookie(first)).domain, `.${domain}`);
    await first.startSdk({ cookieDomain: domain });
    assert.equal(await first.sdkCode(), stored);
    assert.equal((await onlyCookie(first)).domain, `.${domain}`);
    await agreement(
      t,
      first,
      wide.base,
      other.featureFlags.map((flag) => flag.featureKey),
      false, // its whole numbers are larger than a double holds
    );
    await first.close();

    const device = await newDevice(browser, base, { platform: other });
    await device.context.addCookies([{ name: COOKIE, value: "of-the-host", url: base }]);
    await device.signIn("user-1");
    await device.startSdk({ cookieDomain: domain });
    assert.equal(await device.sdkCode(), stored);
    assert.equal((await onlyCookie(device)).value, stored);
    await device.close();
  } finally {
    await wide.stop();
  }
});
