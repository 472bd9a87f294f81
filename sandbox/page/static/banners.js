// What stands above the conversation when something is not as it should be.

import { h, icon, reconcile } from "./dom.js";
import { troubles } from "./disruptions.js";
import { app, state } from "./state.js";

/** `undo`, where there is one, is { name, run() }: how to be rid of it. */
const banner = ({ words }, undo) =>
  h(
    "p.banner",
    {},
    icon("warning"),
    h("span", {}, words),
    undo && h("button", { type: "button", "data-focus": "undo", onclick: () => undo.run() }, undo.name),
  );

export function render() {
  const found = [];
  if (state.beginning) found.push({ key: "beginning", value: { words: "Starting again. This takes a moment …" } });
  else if (!state.online)
    found.push({ key: "offline", value: { words: "The local workspace is not answering. Trying again …" } });
  else if (state.workspace && !state.workspace.connected) {
    const words = `${app().name} is not connected: commands and buttons get no answer until it is.`;
    found.push({ key: "app", value: { words } });
  }
  const ordered = state.online ? troubles() : [];
  const undoes = new Map(ordered.map(({ key, undo }) => [key, undo]));
  found.push(...ordered.map(({ key, words }) => ({ key, value: { words } })));
  reconcile(document.getElementById("banners"), found, (value, key) => banner(value, undoes.get(key)));
}
