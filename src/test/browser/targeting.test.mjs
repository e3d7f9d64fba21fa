// Tests that the JavaScript SDK in a page and the server that created the page decide every
// condition in the same way.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { newDevice, startBrowser, startShop } from "./shop.mjs";
import { combined, conditions, targetedFile } from "./targeting-file.mjs";

const CODES = Array.from({ length: 200 }, (_, i) => `visitor-${i}`);
const CART = "decisions.jsp?step=cart";
const CHECKOUT = "decisions.jsp?step=checkout&name=J%C3%BCrgen%20M";
/**
 * The cookies of two users: each condition that can be met is met by one user and not by the other.
 */
const COOKIES = {
  theme: "dark",
  quoted: '"a b"',
  encoded: "%C3%BC%20x",
  cut: "left=right",
  empty: "",
  "part-1": "left",
  "part-2": "right",
};
const OTHER_COOKIES = { theme: "light", Theme: "dark", missing: "not" };

/**
 * Conditions that no user meets: the SDKs do not decode cookies, a value ends at its second "=",
 * and scripts cannot read HttpOnly cookies.
 */
const NEVER = ["cookie-unquoted", "cookie-decoded", "cookie-uncut", "cookie-http-only"];

let browser;
let shop;
let platform;

before(async () => {
  const port = await freePort();
  const single = conditions(`http://127.0.0.1:${port}/${CHECKOUT}`);
  platform = targetedFile({ ...single, ...combined });
  browser = await startBrowser();
  shop = await startShop(
    { KAMELEOON_DATA_FILE: "/WEB-INF/targeting.json" },
    {
      port,
      files: {
        "WEB-INF/targeting.json": JSON.stringify(platform),
        "decisions.jsp": decisionsPage(platform.featureFlags.map((flag) => flag.featureKey)),
      },
    },
  );
});

after(async () => {
  await browser?.close();
  await shop?.stop();
});

/** Returns the browsers of the list, without unusual arrangements of words. */
async function browsers() {
  const rows = (await readFile(process.env.USER_AGENTS, "utf8")).split("\n");
  return rows
    .filter((row) => row && !row.startsWith("#") && !row.startsWith("words/"))
    .map((row) => row.split("|"))
    .map(([name, type, , system, device, text]) => ({
      name,
      kind: `${type} ${system} ${device}`,
      text: text.slice(1, -1),
    }));
}

/** Returns one browser for each combination of browser, system and device of the SDK. */
async function oneOfEachKind() {
  const kinds = new Map();
  for (const one of await browsers()) {
    kinds.set(one.kind, kinds.get(one.kind) ?? one);
  }
  return [...kinds.values()];
}

test("page and server decide alike for every User-Agent and condition", async (t) => {
  const kinds = await oneOfEachKind();
  assert.ok(kinds.length >= 30, `${kinds.length} User-Agents`);
  const keys = platform.featureFlags.map((flag) => flag.featureKey);
  const single = keys.filter((key) => !(key in combined));
  const met = new Set();
  const unmet = new Set();
  const differences = [];
  let decisions = 0;
  for (const [n, { name, text }] of kinds.entries()) {
    const device = await newShopper(text, n % 2 ? OTHER_COOKIES : COOKIES);
    for (const path of [CART, CHECKOUT]) {
      await (path === CART ? device.open(path) : follow(device, path));
      const server = await onServer(device);
      await device.startSdk();
      const [page] = await inPage(device, [await device.sdkCode()], single);
      const api = path === CHECKOUT ? await byApi(device, single) : page;
      single.forEach((key, i) => {
        decisions++;
        (page[i] === "on" ? met : unmet).add(key);
        if (page[i] !== server[key] || page[i] !== api[i]) {
          const answers = `page ${page[i]}, server ${server[key]}, API ${api[i]}`;
          differences.push(`${name}, ${path}, ${key}: ${answers}`);
        }
      });
      if (path === CHECKOUT) {
        assert.ok((await device.context.cookies()).some((one) => one.name === "JSESSIONID"));
      }
    }
    await device.close();
  }

  t.diagnostic(
    `${decisions - differences.length} of ${decisions} decisions alike: ` +
      `${kinds.length} User-Agents, ${single.length} conditions, 2 pages`,
  );
  assert.deepEqual(differences.slice(0, 20), []);
  const never = [...NEVER, ...NEVER.map((key) => `not-${key}`)];
  const both = single.filter((key) => met.has(key) && unmet.has(key));
  assert.deepEqual(single.filter((key) => !both.includes(key)).sort(), never.sort());
});

test("page and server decide alike for 200 codes and conditions that are combined", async (t) => {
  const keys = Object.keys(combined);
  const differences = [];
  const seen = new Map(keys.map((key) => [key, new Set()]));
  let decisions = 0;
  const some = (await browsers()).filter(({ name }) =>
    ["chrome/windows", "chrome/android phone", "safari/iphone", "firefox/android tablet"].includes(name),
  );
  assert.equal(some.length, 4);
  for (const { name, text } of some) {
    const device = await newShopper(text, COOKIES);
    await device.open(CHECKOUT);
    await device.startSdk();
    const page = await inPage(device, CODES, keys);
    const server = await Promise.all(CODES.map((code) => fetchDecisions(text, code)));
    CODES.forEach((code, i) =>
      keys.forEach((key, j) => {
        decisions++;
        seen.get(key).add(page[i][j]);
        if (page[i][j] !== server[i][key]) {
          differences.push(`${name}, ${code}, ${key}: page ${page[i][j]}, server ${server[i][key]}`);
        }
      }),
    );
    await device.close();
  }

  t.diagnostic(`${decisions - differences.length} of ${decisions} decisions alike`);
  assert.deepEqual(differences.slice(0, 20), []);
  for (const [key, variations] of seen) {
    assert.deepEqual([...variations].sort(), ["control", "off", "on"], key);
  }
});

async function newShopper(userAgent, cookies) {
  const device = await newDevice(browser, shop.base, { platform, userAgent });
  await device.context.addCookies(
    Object.entries(cookies).map(([name, value]) => ({ name, value, url: shop.base })),
  );
  return device;
}

/** Opens another page of the shop by a link, so that the browser sends a Referer. */
async function follow(device, path) {
  const there = new URL(path, shop.base).href;
  await device.page.evaluate((href) => {
    const link = document.createElement("a");
    Object.assign(link, { id: "follow", href, textContent: "on" });
    document.body.append(link);
  }, there);
  await device.page.click("#follow");
  await device.page.waitForURL(there);
}

/** Returns the SDK's decisions in the page for each code and key, without exposure. */
function inPage(device, codes, keys) {
  return device.page.evaluate(
    ([codes, keys]) =>
      codes.map((visitorCode) =>
        keys.map((featureKey) => window.sdk.getVariation({ visitorCode, featureKey, track: false }).key),
      ),
    [codes, keys],
  );
}

/** Returns the server's decisions for the open page. */
async function onServer(device) {
  return Object.fromEntries(
    await device.page.locator("li").evaluateAll((all) => all.map((li) => [li.id, li.textContent])),
  );
}

/** Returns the server's decisions for a script that sends the page's facts. */
function byApi(device, keys) {
  return device.page.evaluate((keys) => {
    const page = { url: location.href, title: document.title, referrer: document.referrer };
    const ask = async (featureKey) => {
      const body = JSON.stringify({ featureKey, page });
      const answer = await fetch("/api/variation", { method: "POST", body });
      return answer.ok ? (await answer.json()).key : `${answer.status}`;
    };
    return Promise.all(keys.map(ask));
  }, keys);
}

/** Returns the server's decisions for the same request of a browser with this code. */
async function fetchDecisions(userAgent, code) {
  const cookies = Object.entries({ kameleoonVisitorCode: code, ...COOKIES });
  const answer = await fetch(shop.base + CHECKOUT, {
    headers: {
      "User-Agent": userAgent,
      Cookie: cookies.map(([name, value]) => `${name}=${value}`).join("; "),
    },
  });
  const items = [...(await answer.text()).matchAll(/<li id="([^"]+)">([^<]*)<\/li>/g)];
  return Object.fromEntries(items.map(([, key, variation]) => [key, variation]));
}

/** Returns a page with a session, whose HttpOnly cookie scripts cannot read. */
function decisionsPage(keys) {
  const items = keys.map((key) => `<li id="${key}">\${kameleoonVariations['${key}'].key}</li>`);
  return `<%@ page contentType="text/html; charset=UTF-8" session="true" %>
<!doctype html><title>Decisions</title><ul>${items.join("\n")}</ul>`;
}

/**
 * Returns a free port before the shop starts: the data file contains the exact URL, and must exist
 * first.
 */
function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
