// Links to a reader's own waiting comments, kept by this browser where it keeps anything at all.
const MOST = 20;

function name(thread) {
  return `board:own:${thread}`;
}

export function kept(thread) {
  try {
    const paths = JSON.parse(localStorage.getItem(name(thread)) ?? "[]");
    return paths.filter((path) => typeof path === "string" && path.startsWith("/own/"));
  } catch {
    return []; // storage is refused or was meddled with: nothing is remembered, nothing breaks
  }
}

export function keep(thread, path) {
  write(thread, [...new Set([...kept(thread), path])].slice(-MOST));
}

export function drop(thread, path) {
  write(thread, kept(thread).filter((one) => one !== path));
}

function write(thread, paths) {
  try {
    if (paths.length) localStorage.setItem(name(thread), JSON.stringify(paths));
    else localStorage.removeItem(name(thread));
  } catch {
    // all cookies blocked: the link on the answer page is the way back
  }
}
