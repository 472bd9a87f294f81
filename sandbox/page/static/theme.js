// Light or dark: the system's setting, unless the person chose. Loaded before the page is shown, so that nothing flashes.

import { h } from "./dom.js";

const KEY = "theme";
const CHOICES = [
  ["", "System"],
  ["light", "Light"],
  ["dark", "Dark"],
];

/** The choice: "light", "dark", or "" for the system's. The browser may have no storage. */
function chosen() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

function choose(theme) {
  show(theme);
  try {
    if (theme) localStorage.setItem(KEY, theme);
    else localStorage.removeItem(KEY);
  } catch {
    // The choice lasts until the page is closed.
  }
}

function show(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

/** The switch. */
export function themeSwitch() {
  const options = CHOICES.map(([value, name]) =>
    h(
      "label",
      {},
      h("input", { type: "radio", name: "theme", value, checked: value === chosen(), onchange: () => choose(value) }),
      h("span", {}, name),
    ),
  );
  return h("fieldset.theme", {}, h("legend.aside", {}, "Colours"), options);
}

show(chosen());
