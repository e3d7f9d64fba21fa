// Checks pages with axe-core, in all frames of a page.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const REFUSED = ["serious", "critical"];

/** Returns what axe finds in the open page, as one line for each element. */
export async function findings(page) {
  const lines = [];
  for (const frame of page.frames()) {
    // After a click the page may still load, and has no colours yet.
    await frame.waitForFunction(() =>
      [...document.querySelectorAll("link[rel=stylesheet]")].every((link) => link.sheet),
    );
    // Not a script element: a Content-Security-Policy could refuse it.
    await frame.evaluate(axe);
    const { violations } = await frame.evaluate(() =>
      window.axe.run(document, { iframes: false, resultTypes: ["violations"] }),
    );
    for (const { id, impact, help, nodes } of violations) {
      for (const { target, failureSummary } of nodes) {
        const where = `${new URL(frame.url()).pathname} ${target.join(" ")}`;
        lines.push({ impact, text: `${impact}: ${id} (${help}) at ${where}: ${failureSummary}` });
      }
    }
  }
  return lines;
}

/** Fails if axe has a serious or critical finding in the open page, and prints the findings. */
export async function assertAccessible(page, name = page.url()) {
  const refused = (await findings(page)).filter(({ impact }) => REFUSED.includes(impact));
  assert.equal(refused.length, 0, `${name}:\n${refused.map(({ text }) => text).join("\n")}`);
}
