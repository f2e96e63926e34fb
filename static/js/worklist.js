// A list that is worked through by keyboard: move, tick, decide, undo. Every button works without this file;
// it only saves the way to them. The list is looked at anew each time: script may put another in its place.
import { recall, remember } from "./habits.js";

const root = () => document.querySelector("[data-worklist]");
const one = (part) => root()?.querySelector(part);
const items = () => [...(root()?.querySelectorAll("[data-item]") ?? [])];
const ticks = () => items().flatMap((item) => [...item.querySelectorAll("[data-tick]")]);

// Moving and ticking.

function present() {
  return items().indexOf(document.activeElement?.closest?.("[data-item]"));
}

function go(index) {
  const all = items();
  const item = all[Math.min(Math.max(index, 0), all.length - 1)];
  item?.focus({ preventScroll: true });
  item?.scrollIntoView({ block: "nearest" });
}

function showCount() {
  const [count, all] = [one("[data-count]"), one("[data-select-all]")];
  if (!count || !all) return;
  const boxes = ticks();
  const ticked = boxes.filter((box) => box.checked).length;
  count.dataset.unticked ??= count.textContent;
  count.textContent = ticked ? count.dataset.words.replace("#", ticked) : count.dataset.unticked;
  all.checked = ticked > 0 && ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
}

function tick(index) {
  const box = items()[index]?.querySelector("[data-tick]");
  if (box) box.checked = !box.checked;
  showCount();
}

function tickAll(checked) {
  ticks().forEach((box) => (box.checked = checked));
  showCount();
}

// Deciding: the item after the decided one is focused on the page that comes back.

export function leave(item) {
  const all = items();
  const index = all.indexOf(item);
  remember("sessionStorage", "next", (all[index + 1] ?? all[index - 1])?.dataset.item ?? "");
}

export function arrive() {
  const next = recall("sessionStorage", "next");
  remember("sessionStorage", "next", "");
  if (!next) return;
  const index = items().findIndex((item) => item.dataset.item === next);
  if (items().length) go(index < 0 ? 0 : index);
  else one("[data-notice]")?.focus();
}

function press(item, key) {
  const button = item?.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!button) return false;
  if (button.type === "submit") leave(item);
  button.click();
  return true;
}

const letters = {
  j: () => go(present() + 1),
  ArrowDown: () => go(present() + 1),
  k: () => go(present() - 1),
  ArrowUp: () => go(present() - 1),
  x: () => tick(present()),
  X: () => tickAll(!ticks().every((box) => box.checked)),
  u: () => one("[data-undo]")?.click(),
  "/": () => (one("[data-search]")?.focus(), one("[data-search]")?.select()),
  "[": () => one("[data-previous-page]")?.click(),
  "]": () => one("[data-next-page]")?.click(),
  ".": () => one("[data-news-words]")?.click(),
  "?": () => one("[data-keys]")?.showModal(),
};

function isTyping(target) {
  return target.closest("select, textarea, input:not([type=checkbox]), dialog");
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (one("[data-keys-on]")?.checked === false || isTyping(event.target)) return;
  if (event.key.startsWith("Arrow") && present() < 0) return; // the page scrolls until an item has the focus
  if (letters[event.key]) letters[event.key]();
  else if (!press(items()[present()], event.key)) return;
  event.preventDefault();
}

// A second click while the first is on its way would only be told that it came too late.

function onSubmit(event) {
  if (event.target.method !== "post") return;
  if (event.target.dataset.sent) event.preventDefault();
  else event.target.dataset.sent = "yes";
}

// Arrow keys go through a closed list one by one: whoever uses them says by "Show" which one is meant.

let byKeyboard = false;

function choose(form) {
  if (!byKeyboard) return form.requestSubmit();
  form.querySelectorAll("[data-without-script]").forEach((part) => (part.hidden = false));
}

function onChange(event) {
  if (event.target.matches("[data-select-all]")) tickAll(event.target.checked);
  else if (event.target.matches("[data-tick]")) showCount();
  else if (event.target.matches("[data-submit]")) choose(event.target.form);
  else if (event.target.matches("[data-keys-on]")) {
    remember("localStorage", "keys", event.target.checked ? "on" : "off");
  }
}

export function begin() {
  const list = root();
  list.querySelectorAll("[data-with-script]").forEach((part) => (part.hidden = false));
  list.querySelectorAll("[data-without-script]").forEach((part) => (part.hidden = true));
  const keysOn = one("[data-keys-on]");
  if (keysOn) keysOn.checked = recall("localStorage", "keys") !== "off";
  showCount();
}

if (root()) {
  document.addEventListener("submit", (event) => root().contains(event.target) && onSubmit(event));
  document.addEventListener("change", (event) => root().contains(event.target) && onChange(event));
  document.addEventListener("keydown", onKey);
  document.addEventListener("keydown", () => (byKeyboard = true), true);
  document.addEventListener("pointerdown", () => (byKeyboard = false), true);
  document.addEventListener("keydown", (event) => {
    const isBox = event.key === "Enter" && event.target.matches("[data-worklist] [type=checkbox]");
    if (isBox) event.preventDefault(); // would send the form
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-open-keys]")) one("[data-keys]")?.showModal();
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form").forEach((form) => delete form.dataset.sent);
    showCount(); // a browser may restore ticks when it comes back
  });
  begin();
  arrive();
}
