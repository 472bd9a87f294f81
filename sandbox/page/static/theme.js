// Light or dark: as the system says, unless the person chose. Loaded before the page shows, so that nothing flashes.

import { h } from "./dom.js";

const KEPT = "theme";
const CHOICES = [
  ["", "System"],
  ["light", "Light"],
  ["dark", "Dark"],
];

/** What was chosen: "light", "dark", or "" for the system's. A browser may keep nothing for us. */
function chosen() {
  try {
    return localStorage.getItem(KEPT) ?? "";
  } catch {
    return "";
  }
}

function choose(theme) {
  show(theme);
  try {
    if (theme) localStorage.setItem(KEPT, theme);
    else localStorage.removeItem(KEPT);
  } catch {
    // It holds until the page is closed.
  }
}

function show(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

/** The switch between the three. */
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
