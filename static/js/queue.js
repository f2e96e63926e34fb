// The queue without waiting for pages: an act is sent, and the list that comes back takes the place of the
// present one, at the same place on the screen. Without this file every act leads to a page.
import { inPlace } from "./forms-in-place.js";
import { recall, remember } from "./habits.js";
import { speak } from "./moments.js";
import { pieces } from "./trusted.js";
import { arrive, begin, leave } from "./worklist.js";

const list = () => document.querySelector("[data-worklist][data-swap]");
const itemOf = (element) => element?.closest?.("[data-item]");
const forms = inPlace(list);

function say(words) {
  const ear = document.querySelector("[data-say]");
  ear.textContent = "";
  requestAnimationFrame(() => (ear.textContent = words)); // the same words twice are said twice
}

async function send(form, submitter) {
  const item = itemOf(form) ?? itemOf(submitter);
  if (item && !recall("sessionStorage", "next")) leave(item);
  const body = new URLSearchParams(new FormData(form, submitter));
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    receive(pieces(await answer.text()), answer, form, submitter);
  } catch {
    remember("sessionStorage", "next", "");
    complain(list().dataset.offline);
  }
  delete form.dataset.sent;
}

function receive(page, answer, form, submitter) {
  const fresh = page.querySelector("[data-worklist]");
  const again = page.querySelector("[data-act-form]");
  if (fresh) return swap(fresh, answer.url, form, submitter);
  remember("sessionStorage", "next", "");
  if (again && itemOf(form)) return forms.replace(form, again);
  complain(page.querySelector("main")?.textContent ?? "");
}

// What was ticked, and what was typed elsewhere, stays.

function swap(fresh, url, form, submitter) {
  const here = itemOf(document.activeElement)?.dataset.item;
  const ticked = submitter?.name === "bulk" ? [] : [...list().querySelectorAll("[data-tick]:checked")];
  if (form.matches("[data-act-form]")) form.remove();
  const written = forms.open();
  list().replaceWith(fresh);
  for (const box of ticked) fresh.querySelector(`[data-tick][value="${box.value}"]`)?.click();
  forms.putBack(written);
  speak(fresh);
  begin();
  history.replaceState(null, "", url);
  document.title = plainTitle();
  if (recall("sessionStorage", "next")) arrive();
  else focusOn(here);
  say(fresh.querySelector("[data-notice-words]")?.textContent ?? "");
}

function focusOn(id) {
  const item = id && document.querySelector(`[data-item="${id}"]`);
  (item || list().querySelector("[data-notice]") || list().querySelector("[data-item]"))?.focus();
}

function complain(words) {
  const box = document.createElement("p");
  box.className = "notice notice--bad queue__notice";
  box.tabIndex = -1;
  box.dataset.notice = "";
  box.textContent = words.trim().replace(/\s+/g, " ");
  list().querySelector("[data-notice]")?.remove();
  list().prepend(box);
  box.focus();
  say(box.textContent);
}

document.addEventListener("submit", (event) => {
  if (event.target.method !== "post" || event.defaultPrevented || !list()?.contains(event.target)) return;
  event.preventDefault();
  send(event.target, event.submitter);
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-next-page], [data-previous-page], [data-news-words]")) {
    remember("sessionStorage", "next", "first"); // which no comment is called: the page's first one is meant
  }
});

// What arrives meanwhile is told, and moves nothing.

const EVERY = 30_000;

async function ask() {
  const place = list();
  if (document.hidden || !place) return;
  const { news, told } = place.dataset;
  const answer = await fetch(news, { headers: told ? { "If-None-Match": told } : {} });
  if (!answer.ok || answer.redirected || list() !== place) return;
  const { count, words } = await answer.json();
  place.dataset.told = answer.headers.get("ETag");
  if (count) tell(place, count, words);
}

function tell(place, count, words) {
  place.querySelector("[data-news-words]").textContent = words;
  place.querySelector("[data-news-bar]").hidden = false;
  document.title = `(${count}) ${plainTitle()}`;
}

function plainTitle() {
  return document.title.replace(/^\(\d+\) /, "");
}

function askQuietly() {
  ask().catch(() => {}); // offline: the next time will do
}

setInterval(askQuietly, EVERY);
document.addEventListener("visibilitychange", askQuietly);
