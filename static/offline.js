/** The page that stands in for every other one while there is no network: what waits is shown, and it tries again. */

/** Milliseconds between attempts: soon at first, then ever less often. */
const SOON = 1_000;
const SELDOM = 15_000;

/** What this tab has written and not sent: the outbox keeps it there, see lib/realtime/client/outbox.ts. */
function waiting() {
  const texts = [];
  try {
    for (let n = 0; n < sessionStorage.length; n++) {
      const key = sessionStorage.key(n);
      if (!key.startsWith("nexora:outbox:")) continue;
      for (const { content } of JSON.parse(sessionStorage.getItem(key))) {
        if (typeof content === "string" && content !== "") texts.push(content);
      }
    }
  } catch {
    // Then it is sent without having been shown.
  }
  return texts;
}

// As lib/pages/theme.ts would have it.
const theme = /(?:^|; )nexora_theme=(light|dark)/.exec(document.cookie)?.[1];
if (theme) document.documentElement.dataset.theme = theme;

const list = document.querySelector("ul");
for (const text of waiting()) {
  const row = document.createElement("li");
  row.textContent = text;
  list.append(row);
}
document.querySelector("section").hidden = list.childElementCount === 0;

let timer;
let wait = SOON;

async function attempt() {
  clearTimeout(timer);
  try {
    const response = await fetch("/healthz", { cache: "no-store" });
    if (response.ok) return location.reload();
  } catch {
    // Not yet.
  }
  timer = setTimeout(attempt, wait);
  wait = Math.min(SELDOM, wait * 2);
}

document.querySelector("button").addEventListener("click", attempt);
addEventListener("online", attempt);
timer = setTimeout(attempt, wait);
