// The drawer of channels on a phone. Its button has a dot while there is something new in it.

import { $ } from "./words.js";

const button = $("[data-drawer]"), rail = $("#rail"), dot = $(".dot", button);

export function draw(isOpen) {
  document.body.classList.toggle("drawn", isOpen);
  button.setAttribute("aria-expanded", isOpen);
  (isOpen ? $("a", rail) : button)?.focus();
  notice();
}

// New is a channel with a dot, and whatever the app sent since its list was last in sight.
export function notice() {
  const newest = $(".sent a", rail)?.hash ?? "";
  const inSight = getComputedStyle(rail).visibility === "visible";
  if (inSight || sessionStorage.getItem("sent") === null) sessionStorage.setItem("sent", newest);
  dot.hidden = !$(".dot", rail) && sessionStorage.getItem("sent") === newest;
}
