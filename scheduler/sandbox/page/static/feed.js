// The feed: parts of the screen that changed, by region. A part is replaced only when its mark is another one.

import { notice } from "./drawer.js";
import { $, say } from "./words.js";

const body = document.body, modal = $("#modal"), spoken = $("#spoken"), newest = $(".newest");
const logs = [...document.querySelectorAll(".log")];
let feed, silence;

export function listen() {
  const address = body.dataset.feed;
  feed = new EventSource(`${address}${address.includes("?") ? "&" : "?"}seen=${body.dataset.seen}`);
  feed.onmessage = (event) => {
    body.dataset.seen = event.lastEventId;
    show(JSON.parse(event.data));
  };
  feed.onopen = () => {
    clearTimeout(silence);
    if (body.dataset.lonely) say("");
    delete body.dataset.lonely;
  };
  feed.onerror = () => {
    clearTimeout(silence);
    silence = setTimeout(() => { body.dataset.lonely = "yes"; say(body.dataset.lost); }, 3000);
    if (feed.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  };
}

// Tabs out of sight let go of their connection: a browser opens only six.
document.addEventListener("visibilitychange", () => {
  feed.close();
  if (!document.hidden) listen();
});
addEventListener("pagehide", () => feed.close());

function show(regions) {
  const focused = document.activeElement?.id;
  const ends = logs.filter(isAtEnd);
  const height = logs[0]?.scrollHeight;
  for (const [name, { order, html }] of Object.entries(regions)) {
    const region = $(`[data-region="${name}"]`);
    if (region) patch(region, order, html);
  }
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
  settle();
  notice();
  // Whoever reads the newest goes on reading the newest; whoever reads further up stays there.
  for (const log of ends) log.scrollTop = log.scrollHeight;
  if (logs[0] && !ends.includes(logs[0]) && logs[0].scrollHeight > height) newest.hidden = false;
}

function patch(region, order, html) {
  const parts = new Map([...region.children].map((part) => [part.dataset.key, part]));
  const wanted = new Set(order.map(([key]) => key));
  for (const [key, part] of parts) if (!wanted.has(key)) part.remove();
  order.forEach(([key, mark], place) => {
    const isNew = !parts.has(key);
    const part = parts.get(key) ?? Object.assign(document.createElement("div"), { className: "part" });
    if (part.dataset.mark !== mark) {
      Object.assign(part.dataset, { key, mark });
      part.innerHTML = html[key];
      if (isNew) speak($("[data-spoken]", part));
    }
    if (region.children[place] !== part) region.insertBefore(part, region.children[place] ?? null);
  });
}

function speak(message) {
  if (!message) return;
  const line = document.createElement("p");
  line.textContent = message.dataset.spoken;
  spoken.append(line);
  while (spoken.children.length > 20) spoken.firstChild.remove();
}

const isAtEnd = (log) => log.scrollHeight - log.scrollTop - log.clientHeight < 80;

for (const log of logs) {
  let wasAtEnd = true;
  log.addEventListener("scroll", () => {
    wasAtEnd = isAtEnd(log);
    if (wasAtEnd && log === logs[0]) newest.hidden = true;
  });
  new ResizeObserver(() => { if (wasAtEnd) log.scrollTop = log.scrollHeight; }).observe(log);
}

// What every change needs: an open modal, and the choices of selects that the app left to us.
export function settle() {
  for (const select of document.querySelectorAll("select[data-source]:not([data-filled])")) choose(select);
  const view = $("form[data-view]", modal);
  if (!view && modal.open) modal.close();
  if (!view || modal.open) return;
  modal.setAttribute("aria-labelledby", "modal-title");
  modal.showModal();
  $(".inside :is(input:not([type=hidden]), textarea, select, button)", view)?.focus();
}

function choose(select) {
  const options = $(`#source-${select.dataset.source}`).content.cloneNode(true).children;
  const chosen = JSON.parse(select.dataset.chosen ?? "[]");
  select.append(...options);
  for (const option of select.options) if (chosen.includes(option.value)) option.selected = true;
  select.dataset.filled = "yes";
}
