// A list that is worked through by keyboard: move, tick, decide, undo. Every button works without this file;
// it only saves the way to them.
const list = document.querySelector("[data-worklist]");
const decide = list?.querySelector("[data-decide]");
const items = [...(list?.querySelectorAll("[data-item]") ?? [])];
const ticks = items.map((item) => item.querySelector("[data-tick]"));
const all = list?.querySelector("[data-select-all]");
const count = list?.querySelector("[data-count]");
const keys = list?.querySelector("[data-keys]");
const keysOn = list?.querySelector("[data-keys-on]");
const unticked = count?.textContent;

// Storage may be refused; then the choice holds for this page only.

function recall(store, name) {
  try {
    return window[store].getItem(`board:desk:${name}`);
  } catch {
    return null;
  }
}

function remember(store, name, value) {
  try {
    window[store].setItem(`board:desk:${name}`, value);
  } catch {
    // nothing is lost but the habit
  }
}

// Moving and ticking.

function present() {
  return items.indexOf(document.activeElement?.closest?.("[data-item]"));
}

function go(index) {
  const item = items[Math.min(Math.max(index, 0), items.length - 1)];
  item?.focus({ preventScroll: true });
  item?.scrollIntoView({ block: "nearest" });
}

function showCount() {
  const ticked = ticks.filter((tick) => tick?.checked).length;
  count.textContent = ticked ? count.dataset.words.replace("#", ticked) : unticked;
  all.checked = ticked === ticks.length;
  all.indeterminate = ticked > 0 && ticked < ticks.length;
}

function tick(index) {
  if (!ticks[index]) return;
  ticks[index].checked = !ticks[index].checked;
  if (count) showCount();
}

// Deciding: the item after the decided one is focused on the page that comes back.

export function leave(item) {
  const index = items.indexOf(item);
  remember("sessionStorage", "next", (items[index + 1] ?? items[index - 1])?.dataset.item ?? "");
}

function press(item, key) {
  const button = item?.querySelector(`[data-key="${key}"]`);
  if (!button) return false;
  if (button.type === "submit") leave(item);
  button.click();
  return true;
}

function arrive() {
  const next = recall("sessionStorage", "next");
  remember("sessionStorage", "next", "");
  if (!next) return;
  const index = items.findIndex((item) => item.dataset.item === next);
  if (items.length) go(index < 0 ? 0 : index);
  else list.querySelector("[data-notice]")?.focus();
}

const letters = {
  j: () => go(present() + 1),
  ArrowDown: () => go(present() + 1),
  k: () => go(present() - 1),
  ArrowUp: () => go(present() - 1),
  x: () => tick(present()),
  u: () => list.querySelector("[data-undo]")?.click(),
  "?": () => keys?.showModal(),
};

function isTyping(target) {
  return target.closest("select, textarea, input:not([type=checkbox]), dialog");
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (keysOn && !keysOn.checked) return;
  if (isTyping(event.target)) return;
  if (event.key.startsWith("Arrow") && present() < 0) return; // the page scrolls until an item has the focus
  if (letters[event.key]) letters[event.key]();
  else if (!press(items[present()], event.key)) return;
  event.preventDefault();
}

// A second click while the first is on its way would only be told that it came too late.

function onSubmit(event) {
  if (event.target.method !== "post") return;
  if (event.target.dataset.sent) event.preventDefault();
  else event.target.dataset.sent = "yes";
}

if (list) {
  list.querySelectorAll("[data-with-script]").forEach((part) => (part.hidden = false));
  list.querySelectorAll("[data-without-script]").forEach((part) => (part.hidden = true));
  list.querySelector("[data-submit]")?.addEventListener("change", (event) => event.target.form.requestSubmit());
  list.addEventListener("submit", onSubmit);
  window.addEventListener("pageshow", () => list.querySelectorAll("form").forEach((one) => delete one.dataset.sent));
  document.addEventListener("keydown", onKey);
}
if (keys) {
  list.querySelector("[data-open-keys]").addEventListener("click", () => keys.showModal());
  keysOn.checked = recall("localStorage", "keys") !== "off";
  keysOn.addEventListener("change", () => remember("localStorage", "keys", keysOn.checked ? "on" : "off"));
}
if (decide) {
  decide.addEventListener("change", (event) => {
    if (event.target === all) ticks.forEach((one) => (one.checked = all.checked));
    showCount();
  });
  decide.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[type=checkbox]")) event.preventDefault(); // would send the form
  });
  window.addEventListener("pageshow", showCount); // a browser may restore ticks when it comes back
  showCount();
}
if (list) arrive();
