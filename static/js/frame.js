// The frame's side of an embedded thread: tells the blog's page its height and where a comment stands.
// Messages go to the one origin that the server has checked, and say nothing about anybody.
const main = document.querySelector("[data-parent-origin]");
const origin = main?.dataset.parentOrigin;

function tell(message) {
  if (origin && window.parent !== window) window.parent.postMessage({ v: 1, ...message }, origin);
}

let height = 0;
function measure() {
  const now = Math.ceil(document.documentElement.getBoundingClientRect().height);
  if (Math.abs(now - height) < 1) return;
  height = now;
  tell({ t: "height", n: height });
}
new ResizeObserver(measure).observe(document.documentElement);

function showComment() {
  const match = /^#comment-(\d{1,18})$/.exec(location.hash);
  const comment = match && document.getElementById(`comment-${match[1]}`);
  if (!comment) return;
  measure(); // the page cannot scroll to where the frame does not reach yet
  comment.classList.add("is-found");
  comment.focus({ preventScroll: true });
  tell({ t: "scroll", n: Math.round(comment.getBoundingClientRect().top + window.scrollY) });
}

window.addEventListener("message", (event) => {
  if (event.origin !== origin || event.source !== window.parent || event.data?.v !== 1) return;
  if (event.data.t === "go" && /^#comment-\d{1,18}$/.test(event.data.h)) location.hash = event.data.h;
});
window.addEventListener("hashchange", showComment);
window.addEventListener("load", showComment);
