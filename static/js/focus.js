// What a page answers, and what needs another look, is read first.
document.querySelector("[data-focus]")?.focus();
