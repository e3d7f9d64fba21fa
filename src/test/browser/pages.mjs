// A walk through all pages of the shop, for the tests that look at each page.

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
  await page.click(".products article:last-child button");
  for (const [name, path] of Object.entries(PAGES)) {
    await device.open(path);
    await look(name);
  }
  await device.signIn("user-1-with-a-name-that-is-as-long-as-the-shop-accepts.example");
  await look("home-signed-in");
  await device.open("device.jsp");
  await page.click("button[data-call=variation]");
  await page.waitForFunction(() =>
    document.getElementById("device-answer").textContent.includes("featureKey"),
  );
  await look("device-answer");
}
