// Tests the pages in a phone's and in a desktop's window: no element is wider than the window.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { newDevice, startBrowser, startShop } from "./shop.mjs";

const PAGES = {
  home: "",
  feature: "feature.jsp?key=spring-offer",
  "feature-long": `feature.jsp?key=${"k".repeat(300)}`,
  device: "device.jsp",
  login: "login",
  cart: "cart",
  sent: "sent.jsp",
  "not-found": "no-such-page",
};

let browser;
let shop;

before(async () => {
  browser = await startBrowser();
  shop = await startShop({ KAMELEOON_CONSENT: "required" });
  await mkdir(process.env.SCREENSHOTS, { recursive: true });
});

after(async () => {
  await browser?.close();
  await shop?.stop();
});

for (const [width, height] of [
  [390, 844],
  [1280, 900],
]) {
  test(`pages in a window of ${width} pixels fit into it`, async () => {
    const device = await newDevice(browser, shop.base, { viewport: { width, height } });
    await look(device, width, "home-consent", "");
    await device.page.click("#consent-grant");
    await device.page.waitForSelector("#consent-answer");
    await device.open("");
    await device.page.click("#product-kettle, .products article:last-child button");
    for (const [name, path] of Object.entries(PAGES)) {
      await look(device, width, name, path);
    }
    await device.signIn("user-1-with-a-name-that-is-as-long-as-the-shop-accepts.example");
    await look(device, width, "home-signed-in", "");
    await device.open("device.jsp");
    await device.page.click("button[data-call=variation]");
    await device.page.waitForFunction(() =>
      document.getElementById("device-answer").textContent.includes("featureKey"),
    );
    await look(device, width, "device-answer");
    await device.close();
  });
}

async function look(device, width, name, path) {
  if (path !== undefined) {
    await device.open(path);
  }
  const size = await device.page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    window: window.innerWidth,
  }));
  assert.ok(size.content <= size.window, `${name}: ${size.content} pixels in ${size.window}`);
  await device.page.screenshot({
    path: join(process.env.SCREENSHOTS, `${name}-${width}.png`),
    fullPage: true,
  });
}
