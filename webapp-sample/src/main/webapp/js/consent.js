// The buttons of the banner and of the footer. The server keeps the answer in a cookie, and the script
// reloads the page.
const api = new URL("../api/", import.meta.url);

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-consent]");
  if (!button) {
    return;
  }
  button.disabled = true;
  const answer = await fetch(new URL("consent", api), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ granted: button.dataset.consent === "true" }),
  }).catch(() => null);
  if (answer?.ok) {
    location.reload();
  } else {
    // The visitor may try again.
    button.disabled = false;
  }
});
