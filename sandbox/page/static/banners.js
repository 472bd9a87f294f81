// Banners above the conversation: no connection, and failures that were turned on.

import { h, icon, reconcile } from "./dom.js";
import { activeDisruptions } from "./disruptions.js";
import { app, state } from "./state.js";

/** `undo` is { name, run() }, a button that ends it, or undefined. */
const banner = ({ text }, undo) =>
  h(
    "p.banner",
    {},
    icon("warning"),
    h("span", {}, text),
    undo && h("button", { type: "button", "data-focus": "undo", onclick: () => undo.run() }, undo.name),
  );

export function render() {
  const found = [];
  if (state.restarting) found.push({ key: "restarting", value: { text: "Starting. This takes a moment …" } });
  else if (!state.online)
    found.push({ key: "offline", value: { text: "The local workspace isn’t answering. Trying again …" } });
  else if (state.workspace && !state.workspace.connected) {
    const text = `${app().name} isn’t connected. Commands and buttons won’t work until it is.`;
    found.push({ key: "app", value: { text } });
  }
  const disruptions = state.online ? activeDisruptions() : [];
  const undoes = new Map(disruptions.map(({ key, undo }) => [key, undo]));
  found.push(...disruptions.map(({ key, text }) => ({ key, value: { text } })));
  reconcile(document.getElementById("banners"), found, (value, key) => banner(value, undoes.get(key)));
}
