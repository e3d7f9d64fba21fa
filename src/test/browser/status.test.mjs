// Tests the status page in a browser without JavaScript: an operator explains a code, and makes a preview link.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PATIENCE, newDevice, startBrowser, startShop } from "./shop.mjs";

let browser;
let shop;

before(async () => {
  browser = await startBrowser();
  // Without a secret in the environment the shop makes one.
  shop = await startShop();
});

after(async () => {
  await browser?.close();
  await shop?.stop();
});

/** Opens the status page of an operator whose browser runs no script. */
async function operator() {
  const device = await newDevice(browser, shop.base, { javaScriptEnabled: false });
  await device.signIn("operator-1");
  await device.open("kameleoon");
  assert.equal(new URL(device.page.url()).pathname, "/kameleoon/");
  return device;
}

test("an operator without JavaScript reads why a code has its variations", async () => {
  const { page, context } = await operator();
  await page.fill("#field-code", "first-visitor");
  await page.click("button:text('Explain')");
  const offer = page.locator("#why details", { hasText: "spring-offer" });
  await offer.locator("summary").click();
  assert.match(await offer.locator("pre").innerText(), /^spring-offer = .*, decides/s);
  await context.close();
});

test("a link of the status page shows another browser a variation, and nothing is sent", async () => {
  const { page, context } = await operator();
  await page.selectOption("#field-choice", "on:one-click-order");
  await page.fill("#field-url", `${shop.base}feature.jsp?key=one-click-order`);
  await page.selectOption("#field-hours", "1");
  await page.click("button:text('Make a link')");
  const link = await page.locator("#preview dl a").first().getAttribute("href");

  const other = await newDevice(browser, shop.base);
  await other.page.goto(link);
  assert.equal(await other.text("variation-reason"), "PREVIEW");
  await other.open("feature.jsp?key=spring-offer");
  const [previewing] = await other.cookies();

  // Events are sent in the order in which they occur.
  const visitor = await newDevice(browser, shop.base);
  await visitor.open("feature.jsp?key=spring-offer");
  const [exposed] = await visitor.cookies();
  const until = Date.now() + PATIENCE;
  let sent = "";
  while (!sent.includes(exposed.value) && Date.now() < until) {
    await page.goto("sent.jsp");
    sent = await page.locator("main").innerText();
  }
  assert.ok(sent.includes(exposed.value), "the exposure of a visitor is sent");
  assert.ok(!sent.includes(previewing.value), "nothing of the browser with the preview is sent");

  await page.goto("feature.jsp?key=one-click-order");
  assert.equal(await page.locator("#variation-reason").textContent(), "DISABLED");
  for (const device of [other, visitor]) {
    await device.close();
  }
  await context.close();
});
