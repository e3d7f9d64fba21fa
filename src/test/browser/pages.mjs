// A walk through all pages of the shop, for the tests that look at each page.
import { COOKIE } from "./shop.mjs";

const PAGES = {
  home: "",
  product: "product?id=kettle",
  feature: "feature.jsp?key=spring-offer",
  "feature-long": `feature.jsp?key=${"k".repeat(300)}`,
  device: "device.jsp",
  "devices-elsewhere": "devices.jsp",
  login: "login",
  cart: "cart",
  "no-orders": "orders",
  sent: "sent.jsp",
  "not-found": "no-such-page",
};

/** Visitor codes by the layout of the checkout that the shop's data file assigns to them. */
export const CODES = { "one-page": "first-visitor", steps: "visitor-1" };

/** Gives the device a visitor code from an earlier visit. */
export function carry(device, code) {
  return device.context.addCookies([{ name: COOKIE, value: code, url: device.base }]);
}

/**
 * Opens each page of a shop that requires consent, and calls the function with the name of the page.
 */
export async function everyPage(device, look) {
  const { page } = device;
  await device.open("");
  await look("home-consent");
  await page.click("#consent-grant");
  await page.waitForSelector("#consent-answer");
  await device.open("");
  await fillCart(device);
  for (const [name, path] of Object.entries(PAGES)) {
    await device.open(path);
    await look(name);
  }
  await carry(device, CODES["one-page"]);
  await device.open("checkout");
  await look("checkout-one-page");
  await page.click("button[name=order]");
  await page.waitForURL(/\/orders/);
  await look("orders");
  await fillCart(device);
  await carry(device, CODES.steps);
  for (const step of [1, 2, 3]) {
    await device.open(`checkout?step=${step}`);
    await look(`checkout-step-${step}`);
  }
  await device.signIn("user-1-with-a-name-that-is-as-long-as-the-shop-accepts.example");
  await look("home-signed-in");
  await device.open("device.jsp");
  await page.click("button[data-call=variation]");
  await page.waitForFunction(() =>
    document.getElementById("device-answer").textContent.includes("featureKey"),
  );
  await look("device-answer");
  await device.open("kameleoon/");
  await look("status-protected");
  await device.open("");
  await device.signOut();
  await device.signIn("operator-1");
  await device.open("kameleoon/?code=first-visitor");
  await look("status");
  for (const summary of await page.locator("summary").all()) {
    await summary.click();
  }
  await look("status-details");
  // Chromium finishes a frame of another host only when the frame is in the window.
  const devices = device.base.replace("127.0.0.1", "shop.localhost") + "devices.jsp";
  await page.goto(devices, { waitUntil: "domcontentloaded" });
  await page.locator("iframe[name=phone]").scrollIntoViewIfNeeded();
  await page.waitForFunction(() =>
    document.getElementById("verdict").textContent.includes("no code yet"),
  );
  await look("devices");
}

/** Puts a product into the cart. */
export async function fillCart(device) {
  await device.open("");
  await device.page.click(".products article:last-child button");
  await device.page.waitForSelector("#cart-total");
}
