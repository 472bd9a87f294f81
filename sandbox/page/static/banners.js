// What stands above the conversation when something is not as it should be.

import { h, icon, reconcile } from "./dom.js";
import { app, state } from "./state.js";

const banner = ({ words }) => h("p.banner", {}, icon("warning"), words);

export function render() {
  const found = [];
  if (state.beginning) found.push({ key: "beginning", value: { words: "Starting again. This takes a moment …" } });
  else if (!state.online)
    found.push({ key: "offline", value: { words: "The local workspace is not answering. Trying again …" } });
  else if (state.workspace && !state.workspace.connected) {
    const words = `${app().name} is not connected: commands and buttons get no answer until it is.`;
    found.push({ key: "app", value: { words } });
  }
  reconcile(document.getElementById("banners"), found, banner);
}
