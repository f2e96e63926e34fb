// The first steps: quietly asks how far the reading has come, and copies what is to be pasted.
// Without this file the page reloads itself, and one copies by hand.
import { pieces } from "./trusted.js";
import { speak } from "./moments.js";

const PAUSE = 2000;
const status = document.querySelector("[data-status]");

function say(words) {
  if (status) status.textContent = words;
}

async function look() {
  const present = document.querySelector("[data-start][data-reading]");
  if (!present) return;
  try {
    const answer = await fetch(present.dataset.start);
    const fresh = answer.ok ? pieces(await answer.text()).querySelector("[data-start]") : null;
    if (fresh && fresh.outerHTML !== present.outerHTML) {
      present.replaceWith(fresh);
      speak(fresh);
      if (!fresh.matches("[data-reading]")) say(fresh.querySelector("h1").textContent);
    }
  } catch {
    // the connection is away for a moment
  }
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);

async function copy(button) {
  await navigator.clipboard.writeText(button.parentElement.querySelector("pre").textContent);
  const words = button.textContent;
  button.textContent = button.dataset.done;
  say(button.dataset.done);
  setTimeout(() => (button.textContent = words), PAUSE);
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button).catch(() => {}));
  }
}

document.querySelector("[data-focus]")?.focus();
