// Tests the stories of the shop: a checkout that is a test, two devices in one window, the keyboard.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CODES, carry, fillCart } from "./pages.mjs";
import { CODE, PATIENCE, newDevice, startBrowser, startShop } from "./shop.mjs";

let browser;
let shop;

before(async () => {
  browser = await startBrowser();
  shop = await startShop();
});

after(async () => {
  await browser?.close();
  await shop?.stop();
});

/** Waits for lines that the server would have sent, and returns all lines with a visitor code. */
async function sentLines(device, code, complete) {
  for (const end = Date.now() + PATIENCE; ; ) {
    await device.open("sent.jsp");
    const all = await device.page.locator("#sent-lines code").allTextContents();
    const lines = all.filter((line) => line.includes(`visitorCode=${code}`));
    if (complete(lines)) {
      return lines;
    }
    assert.ok(Date.now() < end, `waited in vain: ${lines.join("\n")}`);
  }
}

for (const [layout, code] of Object.entries(CODES)) {
  test(`the checkout "${layout}" ends in an order, which is the conversion of its test`, async () => {
    const device = await newDevice(browser, shop.base);
    const { page } = device;
    await carry(device, code);
    await fillCart(device);
    await page.click("text=Check out");
    await page.waitForSelector(`#checkout-${layout}`);
    if (layout === "steps") {
      assert.equal(await page.textContent("[aria-current=step]"), "Address");
      await page.fill("#town", "54321 Kettlebury");
      await page.click("text=Continue to the delivery");
      await page.check("input[value=evening]");
      await page.click("text=Continue to your order");
      assert.match(await page.textContent("#checkout-steps"), /54321 Kettlebury.*this evening/s);
    }
    await page.click("text=Place the order");
    await page.waitForSelector("#order-number");

    assert.equal(await page.textContent(".orders dd"), layout);
    const lines = await sentLines(device, code, (lines) =>
      lines.some((line) => line.includes("goalId=301")),
    );
    assert.ok(lines.some((line) => /\bid=7108\b/.test(line)), lines.join("\n"));
    await device.close();
  });
}

test("what just happened shows the decisions of the page, and tracks none", async () => {
  const device = await newDevice(browser, shop.base);
  await carry(device, "looks-only");
  await device.open("orders");
  assert.equal(await device.page.locator("#way table").count(), 0);
  await device.open("product?id=evening");
  const features = await device.page.locator("#way tbody th").allTextContents();
  assert.deepEqual(features, ["spring-offer", "free-shipping"]);

  // The conversion is later than all exposures.
  assert.equal((await device.api("POST", "conversion", { goalId: 301 })).status, 204);
  const lines = await sentLines(device, "looks-only", (lines) =>
    lines.some((line) => line.includes("goalId=301")),
  );
  const exposed = lines.flatMap((line) => /eventType=experiment.*\bid=(\d+)/.exec(line)?.[1] ?? []);
  assert.deepEqual(exposed.sort(), ["7101", "7102"]);
  await device.close();
});

test("two devices in one window get one code after both sign-ins", async () => {
  const device = await newDevice(browser, shop.base);
  const { page } = device;
  await device.open("devices.jsp");
  const link = await page.getAttribute("#two-devices", "href");
  assert.equal(link, shop.base.replace("127.0.0.1", "shop.localhost") + "devices.jsp");

  await page.goto(link, { waitUntil: "domcontentloaded" });
  const verdict = (text) =>
    page.waitForFunction(
      (text) => document.getElementById("verdict").textContent.startsWith(text),
      text,
    );
  const shown = (name, id) => page.frameLocator(`iframe[name=${name}]`).locator(`#${id}`);
  await verdict("Two visitors");
  const laptop = await shown("laptop", "visitor-code").textContent();
  assert.match(laptop, CODE);
  assert.notEqual(await shown("phone", "visitor-code").textContent(), laptop);

  await page.click(".laptop >> text=Sign in as user-1");
  await page.frameLocator("iframe[name=laptop]").locator("nav button:text('Sign out')").waitFor();
  assert.equal(await shown("laptop", "visitor-outcome").textContent(), "LINKED");
  assert.equal(await shown("phone", "visitor-user").textContent(), "anonymous");

  await page.click(".phone >> text=Sign in as user-1");
  await verdict(`One visitor: both devices have the code ${laptop}.`);
  assert.equal(await shown("phone", "visitor-outcome").textContent(), "RESTORED");
  assert.equal(await shown("phone", "visitor-code").textContent(), laptop);
  const cookies = (await device.cookies()).filter(({ value }) => value === laptop);
  assert.deepEqual(cookies.map(({ domain }) => domain).sort(), [
    "laptop.shop.localhost",
    "phone.shop.localhost",
  ]);
  await device.close();
});

test("every link, button and field of the pages can be reached and seen by keyboard", async () => {
  const device = await newDevice(browser, shop.base);
  const { page } = device;
  await carry(device, CODES["one-page"]);
  await fillCart(device);
  for (const path of ["", "product?id=kettle", "cart", "checkout", "login", "device.jsp"]) {
    await device.open(path);
    const count = await page.evaluate(() => {
      window.unreached = new Set(
        [...document.querySelectorAll("a, button, input:not([type=hidden]), summary")]
          .filter((element) => element.tabIndex >= 0)
          // The arrow keys move within a group of radio buttons.
          .filter((element) => element.type !== "radio" || element.checked),
      );
      return window.unreached.size;
    });
    const hidden = [];
    for (let i = 0; i < count; i++) {
      await page.keyboard.press("Tab");
      const { text, visible } = await page.evaluate(() => {
        const element = document.activeElement;
        window.unreached.delete(element);
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        const { width, top } = element.getBoundingClientRect();
        const outlined = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
        return { text: element.textContent || element.id, visible: outlined && width > 1 && top >= 0 };
      });
      if (i === 0) {
        assert.equal(text, "Skip to the content");
      }
      if (!visible) {
        hidden.push(text);
      }
    }
    assert.deepEqual(hidden, [], `without a visible focus on /${path}`);
    const unreached = await page.evaluate(() => [...window.unreached].map((each) => each.outerHTML));
    assert.deepEqual(unreached, [], `not reached on /${path}`);
  }

  await device.open("");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.id === "content");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.closest("main") !== null), true);
  await device.close();
});
