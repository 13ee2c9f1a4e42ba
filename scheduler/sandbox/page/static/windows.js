// The windows: dialogs, the drawer of channels, menus, the thread. Escape closes whatever is on top.

import { draw } from "./drawer.js";
import { $, say } from "./words.js";

const body = document.body, dialog = $("#dialog"), modal = $("#modal");

document.addEventListener("click", (event) => {
  const at = (selector) => event.target.closest(selector);
  const link = at("[data-dialog]");
  if (link) {
    event.preventDefault();
    open(link);
  } else if (at("#dialog [data-close]") || event.target === dialog) dialog.close();
  else if (at("[data-drawer]")) draw(!body.classList.contains("drawn"));
  else if (at(".newest")) $("#log").scrollTop = $("#log").scrollHeight;
  else if (at("[data-fill]")) fill(at("[data-fill]").dataset.fill);
  else if (body.classList.contains("drawn") && !at("#rail")) draw(false);
  for (const menu of document.querySelectorAll("details:is(.clock, .overflow)[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

async function open(link) {
  const answer = await fetch(link.href);
  if (!answer.ok) return say(body.dataset.failed);
  dialog.innerHTML = await answer.text();
  dialog.setAttribute("aria-labelledby", "dialog-title");
  dialog.showModal();
}

function fill(words) {
  const text = $("#text");
  if (text) text.value = words;
  (text ?? $("#enter"))?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key === " " && event.target.matches("a[role=button]")) {
    event.preventDefault();
    event.target.click();
  }
  if (event.key === "Escape" && !$("dialog[open]")) leave(event.target);
});

function leave(from) {
  const menu = $("details:is(.clock, .overflow)[open]");
  if (menu) {
    menu.open = false;
    $("summary", menu).focus();
  } else if (body.classList.contains("drawn")) draw(false);
  else if (!from.value) $("#close-thread")?.click();
}

// Escape in a modal of the app is what its close button does.
modal.addEventListener("cancel", (event) => {
  event.preventDefault();
  $("[data-close]", modal)?.click();
});

document.addEventListener("input", ({ target }) => {
  if (!target.dataset.finds) return;
  const words = target.value.trim().toLowerCase();
  for (const line of $(`#${target.dataset.finds}`).children) {
    line.hidden = !line.textContent.toLowerCase().includes(words);
  }
});
