// Moments in the reader's own zone: relative while they are young, exact on hover; deadlines always exact.
const language = document.documentElement.lang || "en";
const exact = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });
const day = new Intl.DateTimeFormat(language, { dateStyle: "long" });
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
const steps = [["minute", 60], ["hour", 3600], ["day", 86400]];
const WEEK = 7 * 86400;

export function speak(root = document) {
  for (const element of root.querySelectorAll("time[data-moment]")) {
    const at = new Date(element.dateTime);
    const seconds = (at - Date.now()) / 1000;
    if (element.dataset.moment === "exact") {
      element.textContent = exact.format(at);
      continue;
    }
    element.title = exact.format(at);
    element.textContent = Math.abs(seconds) > WEEK ? day.format(at) : near(seconds);
  }
}

function near(seconds) {
  let [unit, size] = steps[0];
  for (const [name, length] of steps) if (Math.abs(seconds) >= length) [unit, size] = [name, length];
  return relative.format(Math.trunc(seconds / size), unit);
}

speak();
