// Writes the pictures of the documents: the shop and the status page, in a wide window and in a phone's.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import UPNG from "upng-js";
import { startDatabase } from "./database.mjs";
import { CODES, carry, fillCart } from "./pages.mjs";
import { COOKIE, newDevice, startBrowser, startShop } from "./shop.mjs";

const IMAGES = process.env.IMAGES;

const COLOURS = 256;

// Fixed codes have fixed variations, so that the pictures change only when the pages change.
const FIRST = CODES["one-page"];

const browser = await startBrowser();
const database = await startDatabase();
const shop = await startShop({ KAMELEOON_JDBC_URL: database.url });

/** Takes a picture of the page that the function opens. */
async function picture(name, width, height, colorScheme, open, code = FIRST) {
  const viewport = { width, height };
  const device = await newDevice(browser, shop.base, { viewport, colorScheme });
  await carry(device, code);
  const shown = await open(device);
  await device.page.waitForLoadState("networkidle");
  const png = await (shown ?? device.page).screenshot();
  await writeFile(join(IMAGES, `${name}.png`), withPalette(png));
  await device.close();
}

/** Returns the same picture with 256 colours, in a third of the bytes. */
function withPalette(png) {
  const picture = UPNG.decode(png);
  return Buffer.from(UPNG.encode(UPNG.toRGBA8(picture), picture.width, picture.height, COLOURS));
}

async function home(device) {
  await device.signIn("user-1");
}

async function product(device) {
  await device.open("product?id=evening");
}

async function checkout(device) {
  await fillCart(device);
  await device.open("checkout");
}

async function secondDevice(device) {
  await device.signIn("user-1");
  await device.page.locator("#way-cookie.changed").waitFor();
  return device.page.locator("#way");
}

async function devices(device) {
  const { page, context } = device;
  const site = device.base.replace("127.0.0.1", "shop.localhost");
  for (const [name, value] of Object.entries({ laptop: FIRST, phone: CODES.steps })) {
    await context.addCookies([{ name: COOKIE, value, url: site.replace("//", `//${name}.`) }]);
  }
  await page.goto(`${site}devices.jsp`, { waitUntil: "domcontentloaded" });
  for (const name of ["laptop", "phone"]) {
    await page.click(`.${name} >> text=Sign in as user-1`);
    await page.frameLocator(`iframe[name=${name}]`).getByText("Sign out").waitFor();
  }
  await page.waitForSelector(".verdict.same");
}

async function status(device) {
  await device.signIn("operator-1");
  await device.open("kameleoon/#visitors");
}

/** Makes a link to a feature that is switched off, and returns the section of the status page. */
async function previewLink(device) {
  await device.signIn("operator-1");
  await device.open("kameleoon/");
  await device.page.selectOption("#field-choice", "on:one-click-order");
  await device.page.click("#preview button");
  await device.page.locator("#preview a[href*=kameleoonPreview]").waitFor();
  return device.page.locator("#preview");
}

async function preview(device) {
  const operator = await newDevice(browser, shop.base);
  const section = await previewLink(operator);
  const link = await section.locator("a[href*=kameleoonPreview]").getAttribute("href");
  await operator.close();
  await fillCart(device);
  await device.open(link);
  await device.open("cart");
}

/** Signs a user in while the database is down, and waits until the status page shows the outage. */
async function outage(device) {
  await device.signIn("operator-1");
  await database.stop();
  const user = await newDevice(browser, shop.base);
  const store = device.page.locator("#store");
  await user.signIn("user-2");
  do {
    await user.open("");
    await device.open("kameleoon/");
  } while (!(await store.innerText()).includes("DOWN"));
  await user.close();
  await database.start();
  return store;
}

try {
  await mkdir(IMAGES, { recursive: true });
  await picture("shop-1280", 1280, 780, "light", home);
  await picture("shop-390", 390, 844, "light", home);
  await picture("shop-dark-1280", 1280, 780, "dark", home);
  await picture("product-390", 390, 844, "light", product);
  await picture("checkout-one-page-1280", 1280, 640, "light", checkout);
  await picture("checkout-steps-390", 390, 844, "dark", checkout, CODES.steps);
  await picture("devices-1280", 1280, 1050, "light", devices);
  await picture("way-1280", 1280, 780, "light", secondDevice, "second-device");
  await picture("way-390", 390, 844, "dark", secondDevice, "second-phone");
  await picture("status-1280", 1280, 1000, "light", status, "operator-laptop");
  await picture("status-390", 390, 844, "dark", status, "operator-phone");
  await picture("preview-link-1280", 1280, 900, "light", previewLink, "operator-laptop");
  await picture("preview-390", 390, 844, "light", preview);
  await picture("status-outage-1280", 1280, 1000, "light", outage, "operator-laptop");
} finally {
  await browser.close();
  await shop.stop();
  await database.remove();
}
