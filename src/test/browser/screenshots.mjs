// Writes the two pictures of the README: the first page of the shop in a wide window and in a phone's.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { COOKIE, newDevice, startBrowser, startShop } from "./shop.mjs";

const IMAGES = process.env.IMAGES;
const WINDOWS = [
  { width: 1280, height: 780 },
  { width: 390, height: 844 },
];

// A fixed code has fixed variations, so that the pictures change only when the shop changes.
const CODE = "first-visitor";

await mkdir(IMAGES, { recursive: true });
const browser = await startBrowser();
const shop = await startShop();
try {
  for (const viewport of WINDOWS) {
    const device = await newDevice(browser, shop.base, { viewport });
    await device.context.addCookies([{ name: COOKIE, value: CODE, url: shop.base }]);
    await device.signIn("user-1");
    await device.open("");
    await device.page.screenshot({ path: join(IMAGES, `shop-${viewport.width}.png`) });
    await device.close();
  }
} finally {
  await browser.close();
  await shop.stop();
}
