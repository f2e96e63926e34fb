// Forms that stand on pages of their own, shown below the item they belong to. Nothing typed is lost.
import { pieces } from "./trusted.js";

const itemOf = (element) => element?.closest?.("[data-item]");
const field = (form) => form.querySelector("textarea");

// list: finds the list that the items stand in.

export function inPlace(list) {
  const all = () => [...(list()?.querySelectorAll("[data-item] [data-act-form]") ?? [])];

  async function open(link) {
    const item = itemOf(link);
    const present = all().find((form) => itemOf(form) === item && form.dataset.opener === link.dataset.key);
    if (present) return field(present).focus();
    const answer = await fetch(link.href);
    const form = answer.ok ? pieces(await answer.text()).querySelector("[data-act-form]") : null;
    if (!form) return location.assign(link.href);
    form.dataset.opener = link.dataset.key;
    item.append(form);
    begin(form);
  }

  function begin(form) {
    const text = field(form);
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
  }

  function close(form) {
    const item = itemOf(form);
    form.remove();
    item.focus();
  }

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !list()?.contains(event.target)) return;
    const link = event.target.closest("a[data-in-place]");
    const cancel = event.target.closest("[data-item] a[data-close]");
    if (link) {
      event.preventDefault();
      open(link).catch(() => location.assign(link.href));
    } else if (cancel) {
      event.preventDefault();
      close(cancel.closest("form"));
    }
  });

  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.("[data-item] [data-act-form]");
    if (!form || !list()?.contains(form)) return;
    if (event.key === "Escape") {
      if (field(form).value === field(form).defaultValue) close(form);
      else itemOf(form).focus(); // what was typed stays where it is
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });

  return {
    open: () => all().map((form) => [itemOf(form).dataset.item, form]),

    putBack: (written) => {
      for (const [id, form] of written) {
        const item = list().querySelector(`[data-item="${id}"]`);
        if (item) item.append(form);
        else list().querySelector(".queue")?.before(form); // its comment is gone, the words are not
      }
    },

    replace: (form, again) => {
      again.dataset.opener = form.dataset.opener;
      form.replaceWith(again);
      begin(again);
    },
  };
}
