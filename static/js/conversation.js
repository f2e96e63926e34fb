// Answering in place. Every form and link here works without this file; it only saves the way.
import { pieces } from "./trusted.js";
import { speak } from "./moments.js";
import * as keepsakes from "./keepsakes.js";

const opened = performance.now();
const discussion = document.querySelector("[data-discussion]");
const thread = discussion?.dataset.discussion;
const status = document.querySelector("[data-status]");

function say(words) {
  if (status) status.textContent = words;
}

export async function ask(address, options = {}) {
  const answer = await fetch(address, { credentials: "omit", ...options, headers: { "X-Fragment": "1" } });
  return { answer, text: await answer.text() };
}

export function sent(form) {
  return { method: "POST", body: new URLSearchParams(new FormData(form)) };
}

export function complain(form, text) {
  form.querySelector("[data-complaint]")?.remove();
  const box = document.createElement("div");
  box.className = "notice notice--bad";
  box.dataset.complaint = "";
  const page = pieces(text);
  const words = page.querySelector("[role=alert]");
  words?.querySelector(".field")?.remove(); // what was typed still stands in the form
  box.append(words ?? page);
  form.prepend(box);
}

// The form: send, preview, and what comes back.

async function send(form, button) {
  const address = button?.getAttribute("formaction") ?? form.action;
  const seconds = form.querySelector("[data-seconds-open]");
  if (seconds) seconds.value = ((performance.now() - opened) / 1000).toFixed(1);
  const known = form.querySelector("[data-keepsakes]");
  if (known) known.value = keepsakes.known(known.dataset.keepsakes).join(" ");
  const buttons = [...form.querySelectorAll("button")];
  buttons.forEach((one) => (one.disabled = true));
  try {
    const { answer, text } = await ask(address, sent(form));
    if (answer.status === 201) await settle(form, answer.headers.get("Location"));
    else if (answer.ok || answer.status === 422) replaceForm(form, text);
    else complain(form, text);
  } catch {
    form.submit(); // no connection, or something unforeseen: let the browser try in its own way
  } finally {
    buttons.forEach((one) => (one.disabled = false));
  }
}

function replaceForm(form, text) {
  const old = form.closest("[data-compose]");
  const fresh = pieces(text).firstElementChild;
  old.replaceWith(fresh);
  speak(fresh);
  (fresh.querySelector("[data-focus], [role=status]") ?? fresh.querySelector("textarea")).focus?.();
  fresh.scrollIntoView({ block: "nearest" });
}

async function settle(form, address) {
  const { text } = await ask(address);
  const mine = pieces(text).firstElementChild;
  mine.classList.add("is-new");
  const compose = form.closest("[data-compose]");
  const item = compose.closest(".comment");
  if (item) compose.replaceWith(mine);
  else {
    document.querySelector("[data-own-place]")?.append(mine);
    form.querySelectorAll("textarea").forEach((area) => (area.value = ""));
    compose.querySelectorAll(".preview, .notice, [data-complaint]").forEach((old) => old.remove());
  }
  document.querySelector("[data-empty]")?.remove();
  speak(mine);
  mine.focus({ preventScroll: true });
  mine.scrollIntoView({ block: "nearest" });
  say(mine.querySelector("strong")?.textContent ?? "");
  const path = new URL(address, location.href).pathname;
  keepsakes.keep(mine.dataset.thread, path);
  if (mine.dataset.known) keepsakes.know(mine.dataset.known, path);
}

// A reader's own comment: change it, take it back.

async function changeOwn(form) {
  const old = form.closest("[data-own]");
  const { answer, text } = await ask(form.action, sent(form));
  const fresh = answer.status === 201 ? (await ask(answer.headers.get("Location"))).text : text;
  const mine = pieces(fresh).firstElementChild;
  if (!answer.ok && answer.status !== 422) return complain(form, fresh);
  old.replaceWith(mine);
  speak(mine);
  mine.focus();
  say(mine.querySelector("strong")?.textContent ?? "");
}

// Replying where one reads.

async function openReply(link) {
  const item = link.closest(".comment");
  const present = item.querySelector("[data-compose]");
  if (present) return present.querySelector("textarea").focus();
  const { answer, text } = await ask(link.href);
  if (!answer.ok) return location.assign(link.href);
  item.append(pieces(text));
  item.querySelector("[data-compose] textarea").focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.closest("[data-compose]")) {
    event.preventDefault();
    send(form, event.submitter);
  } else if (form.matches("[data-own-form]")) {
    event.preventDefault();
    changeOwn(form).catch(() => form.submit());
  } else if (form.closest("[data-follow]")) {
    event.preventDefault();
    import("./reporting.js").then((reporting) => reporting.send(form)).catch(() => form.submit());
  }
});

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const reply = event.target.closest?.("a[data-reply]");
  const report = event.target.closest?.("a[data-report]");
  const close = event.target.closest?.(".comment a[data-close]");
  if (reply && discussion) {
    event.preventDefault();
    openReply(reply).catch(() => location.assign(reply.href));
  } else if (report && discussion) {
    event.preventDefault();
    import("./reporting.js").then((reporting) => reporting.open(report)).catch(() => location.assign(report.href));
  } else if (close) {
    event.preventDefault();
    const item = close.closest(".comment");
    close.closest("[data-compose]").remove();
    item.querySelector("a[data-reply]")?.focus();
  }
});

// What this browser sent before and is still waiting.

async function showOwn() {
  for (const path of keepsakes.kept(thread)) {
    const { answer, text } = await ask(path + location.search);
    const mine = answer.ok ? pieces(text).firstElementChild : null;
    if (!mine || !["pending", "returned"].includes(mine.dataset.state)) {
      if (answer.status === 404 || mine) keepsakes.drop(thread, path);
      continue;
    }
    document.querySelector("[data-own-place]").append(mine);
    document.querySelector("[data-empty]")?.remove();
    speak(mine);
  }
}

if (thread) showOwn().catch(() => {});
const own = document.querySelector("[data-own][data-known]"); // opened by its link, maybe in another browser
if (own) keepsakes.know(own.dataset.known, location.pathname);
document.querySelector("[data-focus]")?.focus();
