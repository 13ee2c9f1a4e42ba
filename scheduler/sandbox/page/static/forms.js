// Forms are sent without leaving the page; what they change comes by the feed.

import { $, say } from "./words.js";

document.addEventListener("submit", async (event) => {
  const form = event.target, button = event.submitter;
  if (!form.matches("form[data-live]")) return;
  event.preventDefault();
  const data = new FormData(form, button), pressed = form.pressed;
  delete form.pressed;
  if (pressed) data.set("press", pressed);
  if (button?.dataset.confirm && !(await isConfirmed(JSON.parse(button.dataset.confirm)))) return;
  if (form.matches("[data-clears]") && !data.get("text").trim()) return;
  const address = pressed ? "/page/do/press" : button?.hasAttribute("formaction") ? button.formAction : addressOf(form, button);
  const outcome = await send(address, data);
  if (outcome) finish(form, outcome);
});

// A button of Block Kit presses, wherever it stands; the submit button of a modal submits.
function addressOf(form, button) {
  return button?.name === "press" ? "/page/do/press" : form.getAttribute("action");
}

async function send(address, data) {
  try {
    const headers = { Accept: "application/json" };
    const answer = await fetch(address, { method: "POST", headers, body: new URLSearchParams(data) });
    if (answer.ok) return await answer.json();
  } catch { /* told below, as any other failure */ }
  say(document.body.dataset.failed);
}

function finish(form, outcome) {
  mark(form, outcome.errors);
  if (outcome.say) return say(outcome.say);
  if (outcome.go) return location.assign(outcome.go);
  if (Object.keys(outcome.errors).length) return;
  if (form.matches("[data-clears]")) written(form);
  if (form.matches("[data-ends]")) $("#dialog").close();
  const menu = form.closest("details.clock");
  if (menu) { menu.open = false; $("summary", menu).focus(); }
}

function written(form) {
  form.reset();
  $("textarea", form).focus();
  const log = form.closest("aside") ? $("#replies") : $("#log");
  log.scrollTop = log.scrollHeight;
}

function mark(form, errors) {
  for (const input of form.querySelectorAll("[data-block]")) {
    const error = errors[input.dataset.block] ?? "";
    $(".error", input).textContent = error;
    $("input, textarea, select", input)?.setAttribute("aria-invalid", error ? "true" : "false");
  }
  if (Object.keys(errors).length) $("[aria-invalid=true]", form)?.focus();
}

function isConfirmed({ title, text, confirm, deny }) {
  const box = $("#confirm"), [no, yes] = box.querySelectorAll("button");
  $("h2", box).textContent = title;
  $("p", box).textContent = text;
  if (deny) no.textContent = deny;
  if (confirm) yes.textContent = confirm;
  box.returnValue = "";
  box.showModal();
  return new Promise((done) => box.addEventListener("close", () => done(box.returnValue === "yes"), { once: true }));
}

// A choice in a message or on the Home tab is told at once.
document.addEventListener("change", ({ target }) => {
  if (!target.dataset?.press) return;
  const form = target.form, had = form.noValidate;
  form.pressed = target.dataset.press;
  form.noValidate = true;
  form.requestSubmit();
  form.noValidate = had;
});

document.addEventListener("keydown", (event) => {
  // While an input method is composing, Enter belongs to it.
  const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
  if (!sends || !event.target.matches(".composer textarea")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});
