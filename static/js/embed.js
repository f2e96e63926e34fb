// Reflection Board: replaces each link marked data-reflection-board by the discussion it leads to.
(() => {
  const board = new URL(document.currentScript.src).origin;
  const hash = () => (/^#comment-\d{1,18}$/.test(location.hash) ? location.hash : "");
  const start = (link) => {
    const url = new URL(link.href);
    if (url.origin !== board) return;
    const canonical = document.querySelector("link[rel=canonical]")?.href ?? location.href;
    if (!url.searchParams.has("url") && !url.searchParams.has("key")) url.searchParams.set("url", canonical);
    const theme = link.dataset.theme ?? getComputedStyle(link).colorScheme.match(/^(light|dark)$/)?.[0];
    if (theme) url.searchParams.set("theme", theme);
    url.searchParams.set("parent", location.origin);
    url.pathname = url.pathname.replace(/^\/d\//, "/embed/");
    url.hash = hash();
    const frame = document.createElement("iframe");
    frame.title = link.dataset.title ?? link.textContent.trim();
    frame.loading = url.hash ? "eager" : "lazy";
    frame.style.cssText = `width:100%;border:0;height:480px;display:block;color-scheme:${theme ?? "light dark"}`;
    frame.src = url;
    addEventListener("message", (e) => {
      const { v, t, n } = e.data ?? {};
      if (e.origin !== board || e.source !== frame.contentWindow || v !== 1 || !Number.isFinite(n)) return;
      if (t === "height") frame.style.height = `${Math.min(Math.max(n, 120), 60000)}px`;
      if (t === "scroll") scrollTo({ top: frame.getBoundingClientRect().top + scrollY + Math.min(Math.max(n, 0), 60000) - 16 });
    });
    addEventListener("hashchange", () => hash() && frame.contentWindow.postMessage({ v: 1, t: "go", h: hash() }, board));
    link.replaceWith(frame);
  };
  const all = () => document.querySelectorAll("a[data-reflection-board]").forEach(start);
  document.readyState === "loading" ? addEventListener("DOMContentLoaded", all) : all();
})();
