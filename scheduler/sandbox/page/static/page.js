// The page's script: it keeps the screen up to date, sends forms, and opens and closes windows.
// What is shown is made by the server; the parts that changed come as HTML.

import { notice } from "./drawer.js";
import { listen, settle } from "./feed.js";
import "./forms.js";
import "./windows.js";

// At the beginning: the newest message, or the one that the address names.
for (const region of document.querySelectorAll(".log")) region.scrollTop = region.scrollHeight;
const named = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (named && named.id.includes("-")) {
  named.scrollIntoView({ block: "center" });
  named.classList.add("named");
}
// Where there is little room, who wants to be shown around asks for it.
if (innerWidth < 700) document.querySelector(".guide")?.removeAttribute("open");
settle();
notice();
listen();
