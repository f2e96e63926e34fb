// Reporting a comment where one reads, and following. Fetched when somebody does; both lead to a page without it.
import { ask, complain, sent } from "./conversation.js";
import { pieces } from "./trusted.js";

export async function open(link) {
  const item = link.closest(".comment");
  const present = item.querySelector("[data-report-form]");
  if (present) return focusFirst(present);
  const { answer, text } = await ask(link.href);
  if (!answer.ok) return location.assign(link.href);
  document.querySelectorAll("[data-report-form], [data-reported]").forEach((old) => old.remove());
  item.append(pieces(text));
  focusFirst(item.querySelector("[data-report-form]"));
}

export async function send(form) {
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  try {
    const { answer, text } = await ask(form.action, sent(form));
    if (answer.status === 201) await thank(form, answer.headers.get("Location"));
    else if (answer.status === 422) show(form, text).querySelector("[data-focus]").focus();
    else complain(form, text);
  } finally {
    button.disabled = false;
  }
}

async function thank(form, address) {
  const { text } = await ask(address);
  show(form, text).focus();
}

function show(form, text) {
  const fresh = pieces(text).firstElementChild;
  form.closest("[data-report-form], [data-follow]").replaceWith(fresh);
  fresh.scrollIntoView({ block: "nearest" });
  return fresh;
}

function focusFirst(section) {
  section.querySelector("input[type=radio]").focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest("[data-report-form]")) return;
  event.preventDefault();
  send(form).catch(() => form.submit());
});

document.addEventListener("click", (event) => {
  const close = event.target.closest?.("[data-close-report]");
  if (!close) return;
  event.preventDefault();
  const item = close.closest(".comment");
  close.closest("[data-report-form]").remove();
  item.querySelector("a[data-report]").focus();
});
