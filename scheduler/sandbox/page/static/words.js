// What the other scripts share: finding an element, and telling the visitor something.

export const $ = (selector, within = document) => within.querySelector(selector);

let ends;

export function say(words) {
  const told = $("#told");
  told.textContent = words;
  clearTimeout(ends);
  if (words) ends = setTimeout(() => say(""), 6000);
}
