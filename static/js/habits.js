// What a browser remembers for the desk. Storage may be refused; then it holds for this page only.

export function recall(store, name) {
  try {
    return window[store].getItem(`board:desk:${name}`);
  } catch {
    return null;
  }
}

export function remember(store, name, value) {
  try {
    window[store].setItem(`board:desk:${name}`, value);
  } catch {
    // nothing is lost but the habit
  }
}
