// Compares the visitors of the two frames, which framed.js reports.
const seen = new Map();
const verdict = document.getElementById("verdict");

window.addEventListener("message", ({ origin, data }) => {
  const host = new URL(origin).hostname;
  const device = ["laptop", "phone"].find((name) => host === `${name}.${location.hostname}`);
  if (!device || typeof data?.code !== "string") {
    return;
  }
  seen.set(device, data);
  if (seen.size === 2) {
    const { code: laptop } = seen.get("laptop");
    const { code: phone } = seen.get("phone");
    const without = [laptop, phone].includes("none");
    const same = !without && laptop === phone;
    verdict.classList.toggle("same", same);
    if (without) {
      verdict.textContent = "A device has no code yet.";
    } else if (same) {
      verdict.textContent = `One visitor: both devices have the code ${laptop}.`;
    } else {
      verdict.textContent = `Two visitors: the laptop has the code ${laptop}, the phone has ${phone}.`;
    }
  }
});
