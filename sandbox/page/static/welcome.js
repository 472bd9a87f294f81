// What stands where nobody is chosen yet: what this is, and what to do first.

import { h } from "./dom.js";
import { app, state } from "./state.js";

const screen = document.getElementById("welcome");
const title = h("h3");
const about = h("p.welcome-about");
const actions = h("div.welcome-actions");
const more = h("div.welcome-more");

export function setUp() {
  screen.append(h("div.welcome-words", {}, title, about, actions, more));
}

/** Puts a button first among what one can do here; what is added later stands behind it. */
export function addAction(button) {
  actions.append(button);
}

export function render() {
  screen.hidden = Boolean(state.person) || !state.workspace;
  if (screen.hidden) return;
  title.textContent = `Welcome to ${state.workspace.team.name}`;
  about.textContent =
    `A small workspace of your own, with ${app().name} in it. Nothing leaves this computer, and nobody real is in it. ` +
    "Choose somebody in the list: you see what they see, and write and click as they would.";
}
