// Tests the story of an operator in a real browser: an outage of the database, and a preview.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { assertAccessible } from "./axe.mjs";
import { startDatabase } from "./database.mjs";
import { fillCart } from "./pages.mjs";
import { CODE, PATIENCE, newDevice, startBrowser, startShop } from "./shop.mjs";

const STATUS = "kameleoon/";
const FEATURE = "checkout-layout";
const BADGE = ".kameleoon-preview";

let browser;
let database;
let shop;

before(async () => {
  browser = await startBrowser();
  database = await startDatabase();
  shop = await startShop({
    KAMELEOON_JDBC_URL: database.url,
    KAMELEOON_PREVIEW_SECRET: "a secret of the browser tests, long enough",
  });
});

after(async () => {
  await browser?.close();
  await shop?.stop();
  await database?.remove();
});

test("a user without the role sees no status", async () => {
  const user = await newDevice(browser, shop.base);
  await user.signIn("user-1");
  const response = await user.open(STATUS);

  assert.equal(response.status(), 403);
  assert.equal(await user.page.locator("#store").count(), 0);
  assert.doesNotMatch(await user.page.content(), new RegExp(FEATURE));
  await user.close();
});

test("an operator sees an outage of the database begin and end", async () => {
  const operator = await newDevice(browser, shop.base);
  await operator.signIn("operator-1");
  const user = await newDevice(browser, shop.base);
  await reloadUntil(operator, user, (store) => store.includes("REACHABLE"));
  const earlier = await outages(operator);

  await database.stop();
  await user.signIn("user-2");
  await reloadUntil(operator, user, (store) => /DOWN[^]*ongoing/.test(store));
  assert.ok((await outages(operator)) > earlier);
  await user.open("");
  assert.equal(await user.text("visitor-outcome"), "UNRESOLVED");

  await database.start();
  await reloadUntil(operator, user, (store) => /REACHABLE/.test(store) && !/ongoing/.test(store));
  assert.ok((await outages(operator)) > earlier, "the page remembers the outage");
  await until(
    () => outcome(user),
    (found) => found !== "UNRESOLVED",
  );
  await user.close();
  await operator.close();
});

test("a preview link of the operator shows another browser the variation and sends nothing", async () => {
  const first = await newDevice(browser, shop.base);
  await first.signIn("operator-1");
  const code = await first.text("visitor-code");
  const own = await layout(first);
  const shown = own === "steps" ? "one-page" : "steps";
  const link = await previewLink(first, `${FEATURE} = ${shown}`);
  await assertAccessible(first.page, "the page with a link");
  // This feature is switched off for all other browsers.
  const more = await previewLink(first, "one-click-order = on");

  const second = await newDevice(browser, shop.base);
  await second.open(link);
  assert.equal(await badge(second), `Preview ${FEATURE}: ${shown} End preview`);
  await second.open(more);
  assert.match(await badge(second), new RegExp(`${FEATURE}: ${shown}.*one-click-order: on`));
  await assertAccessible(second.page, "the page with a badge");
  const previewed = await second.text("visitor-code");
  assert.match(previewed, CODE);
  assert.equal(await layout(second), shown);
  await second.open("cart");
  assert.equal(await second.page.locator("#one-click-order").count(), 1);
  await order(second);

  // An order of the first browser is sent after those that the second one would have sent.
  assert.equal(await layout(first), own);
  await order(first);
  assert.equal(await first.page.locator(BADGE).count(), 0);
  const sent = await until(
    () => lines(first),
    (all) => all.some((line) => line.includes("eventType=conversion") && line.includes(code)),
  );
  assert.deepEqual(
    sent.filter((line) => line.includes(previewed)),
    [],
  );

  await second.open("cart");
  await second.page.click(`${BADGE} a`);
  await second.page.waitForSelector(BADGE, { state: "detached" });
  await fillCart(second);
  assert.equal(await second.page.locator("#one-click-order").count(), 0);
  await second.close();
  await first.close();
});

/** Repeats until the result is as expected, and returns the result. */
async function until(look, isExpected) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = await look();
    if (isExpected(found)) {
      return found;
    }
    assert.ok(Date.now() < end, `still: ${found}`);
    await setTimeout(200);
  }
}

/**
 * Reloads the status page until the section of the store has a text. A user of the shop opens a page
 * each time, so that the filter calls the store.
 */
function reloadUntil(operator, user, isShown) {
  return until(async () => {
    await user.open("");
    await operator.open(STATUS);
    return operator.page.locator("#store").innerText();
  }, isShown);
}

/** Returns the number of outages on the open status page. */
async function outages(operator) {
  const fact = operator.page.locator("#store dl div", { hasText: "Outages since the start" });
  return Number(await fact.locator("dd").innerText());
}

async function outcome(user) {
  await user.open("");
  return user.text("visitor-outcome");
}

/** Makes a link on the status page. */
async function previewLink(operator, choice) {
  await operator.open(STATUS);
  await operator.page.selectOption("#preview select[name=choice]", { label: choice });
  await operator.page.click("#preview button");
  return operator.page.locator("#preview a[href*=kameleoonPreview]").getAttribute("href");
}

async function badge(device) {
  return (await device.page.locator(BADGE).innerText()).replaceAll(/\s+/g, " ");
}

/** Returns the layout of the checkout that a browser sees. */
async function layout(device) {
  await fillCart(device);
  await device.open("checkout");
  const id = await device.page.locator("form.checkout").getAttribute("id");
  return id.replace("checkout-", "");
}

/** Orders through the checkout, which is the conversion. */
async function order(device) {
  await fillCart(device);
  await device.open("checkout");
  while ((await device.page.locator("form.checkout").count()) > 0) {
    await device.page.click("form.checkout button");
  }
  await device.page.waitForSelector("#order-number");
}

/** Returns the lines that the shop's SDK would have sent, without the random part. */
async function lines(device) {
  await device.open("sent.jsp");
  const all = await device.page.locator("#sent-lines li").allInnerTexts();
  return all.map((line) => line.trim());
}
