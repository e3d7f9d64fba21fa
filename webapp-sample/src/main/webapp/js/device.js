// The calls of a phone app, written for a browser: calls the API and shows the answers. An app keeps
// the session cookie of its sign-in as this page does, and sends nothing else about the user.
const api = new URL("../api/", import.meta.url);

const calls = {
  code: () => call("GET", "visitorCode"),
  sync: () => call("POST", "syncVisitor", { visitorCode: field("own-code").value }),
  variation: () =>
    call("POST", "variation", {
      featureKey: field("device-feature").value,
      track: field("device-track").checked,
    }),
  conversion: () => call("POST", "conversion", { goalId: 301, revenue: 12.5 }),
  erase: () => call("DELETE", "visitor"),
};

function field(id) {
  return document.getElementById(id);
}

async function call(method, path, body) {
  const request = { method };
  if (body) {
    request.headers = { "Content-Type": "application/json" };
    request.body = JSON.stringify(body);
  }
  const shown = `${method} /api/${path}` + (body ? `\n${JSON.stringify(body)}` : "");
  try {
    const answer = await fetch(new URL(path, api), request);
    const text = await answer.text();
    const json = text && answer.headers.get("Content-Type")?.includes("json");
    return {
      request: shown,
      status: answer.status,
      text: json ? JSON.stringify(JSON.parse(text), null, 2) : text,
    };
  } catch (unreachable) {
    return { request: shown, status: "–", text: "The shop does not answer." };
  }
}

document.addEventListener("click", async (event) => {
  const name = event.target.dataset.call;
  if (!calls[name]) {
    return;
  }
  const { request, status, text } = await calls[name]();
  field("device-request").textContent = request;
  field("device-status").textContent = status;
  field("device-answer").textContent = text;
  // On a phone it stands below the buttons.
  field("device-answer").closest(".answer").scrollIntoView({ block: "nearest" });
});
