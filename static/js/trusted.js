// The one place that turns text into markup. It only ever sees pieces of pages that our own server sent.
const policy = globalThis.trustedTypes?.createPolicy("board", { createHTML: (text) => text });

export function pieces(text) {
  const template = document.createElement("template");
  template.innerHTML = policy ? policy.createHTML(text) : text;
  return template.content;
}
