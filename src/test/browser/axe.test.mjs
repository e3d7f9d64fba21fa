// Tests that the pages can be used by keyboard and screen reader, as far as axe-core can detect it.
import { after, before, test } from "node:test";
import { assertAccessible } from "./axe.mjs";
import { everyPage } from "./pages.mjs";
import { newDevice, startBrowser, startShop } from "./shop.mjs";

let browser;
let shop;

before(async () => {
  browser = await startBrowser();
  shop = await startShop({ KAMELEOON_CONSENT: "required" });
});

after(async () => {
  await browser?.close();
  await shop?.stop();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [390, 1280]) {
    test(`axe has no serious finding in ${colorScheme} pages of ${width} pixels`, async () => {
      const viewport = { width, height: 900 };
      const device = await newDevice(browser, shop.base, { viewport, colorScheme });
      await everyPage(device, (name) => assertAccessible(device.page, name));
      await device.close();
    });
  }
}
