// Tests the pages in a phone's and in a desktop's window: no element is wider than the window.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { everyPage } from "./pages.mjs";
import { newDevice, startBrowser, startShop } from "./shop.mjs";

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
    await everyPage(device, async (name) => {
      const size = await device.page.evaluate(() => ({
        content: document.documentElement.scrollWidth,
        window: window.innerWidth,
      }));
      assert.ok(size.content <= size.window, `${name}: ${size.content} pixels in ${size.window}`);
      await device.page.screenshot({
        path: join(process.env.SCREENSHOTS, `${name}-${width}.png`),
        fullPage: true,
      });
    });
    await device.close();
  });
}
