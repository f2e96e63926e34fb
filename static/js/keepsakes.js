// What this browser keeps where it keeps anything at all: links to a reader's own waiting comments, by thread,
// and by site those of comments whose writer gave an address: by these they are known there when they write again.
const MOST = 20;
const MOST_KNOWN = 10; // as many as the board looks at

export const kept = (thread) => read(`own:${thread}`);
export const known = (site) => read(`known:${site}`).map((path) => path.split("/").pop());

export function keep(thread, path) {
  write(`own:${thread}`, [...new Set([...kept(thread), path])].slice(-MOST));
}

export function drop(thread, path) {
  write(`own:${thread}`, kept(thread).filter((one) => one !== path));
}

export function know(site, path) {
  const name = `known:${site}`;
  write(name, [...new Set([...read(name), path])].slice(-MOST_KNOWN));
}

function read(name) {
  try {
    const paths = JSON.parse(localStorage.getItem(`board:${name}`) ?? "[]");
    return paths.filter((path) => typeof path === "string" && path.startsWith("/own/"));
  } catch {
    return []; // storage is refused or was meddled with: nothing is remembered, nothing breaks
  }
}

function write(name, paths) {
  try {
    if (paths.length) localStorage.setItem(`board:${name}`, JSON.stringify(paths));
    else localStorage.removeItem(`board:${name}`);
  } catch {
    // all cookies blocked: the link on the answer page is the way back
  }
}
