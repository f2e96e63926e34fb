// Changing a prompt's words where one reads it. Without this file the link leads to a page of its own.
import { pieces } from "./trusted.js";
import { leave } from "./worklist.js";

async function open(link) {
  const item = link.closest("[data-item]");
  const present = item.querySelector("[data-edit-form]");
  if (present) return present.querySelector("textarea").focus();
  const answer = await fetch(link.href);
  const form = answer.ok ? pieces(await answer.text()).querySelector("[data-edit-form]") : null;
  if (!form) return location.assign(link.href);
  item.append(form);
  form.querySelector("textarea").focus();
}

function close(form) {
  const item = form.closest("[data-item]");
  form.remove();
  item.focus();
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const edit = event.target.closest?.("[data-item] a[data-edit]");
  const cancel = event.target.closest?.("[data-item] a[data-close]");
  if (edit) {
    event.preventDefault();
    open(edit).catch(() => location.assign(edit.href));
  } else if (cancel) {
    event.preventDefault();
    close(cancel.closest("form"));
  }
});

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("[data-item] [data-edit-form]");
  if (form && event.key === "Escape") close(form);
});

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-item] [data-edit-form]")) leave(event.target.closest("[data-item]"));
});

document.querySelector("[data-focus]")?.focus();
