// Pointing at a message: a button that comes up beside it, and the drawer that follows what one clicks or tabs to.

import { h, icon } from "./dom.js";
import { state } from "./state.js";

const log = document.getElementById("log");
const button = h(
  "button.glass-pick",
  { type: "button", hidden: true, tabindex: "-1", title: "Inspector", "aria-label": "Inspect this message" },
  icon("glass"),
);
let over = null;

const rowOf = (event) => event.target.closest?.("li.message");
const pointed = (row) => ({ channel: state.channel, ts: row.dataset.ts });

/** `picked({ channel, ts }, "asked" | "followed")`; it is followed only while the drawer `isOpen()`. */
export function setUp({ isOpen, picked }) {
  log.after(button);
  log.addEventListener("pointerover", (event) => event.pointerType === "mouse" && raise(rowOf(event)));
  log.parentElement.addEventListener("pointerleave", () => raise(null));
  log.addEventListener("scroll", () => raise(over), { passive: true });
  button.addEventListener("click", () => over?.isConnected && picked(pointed(over), "asked"));
  const follow = (event) => {
    const row = isOpen() && rowOf(event);
    if (row) picked(pointed(row), "followed");
  };
  log.addEventListener("click", follow);
  log.addEventListener("focusin", follow);
}

function raise(row) {
  over = row?.isConnected ? row : null;
  button.hidden = !over;
  if (!over) return;
  // On the upper edge of the message, where none of its own buttons are.
  const [top, from] = [row.getBoundingClientRect().top, log.parentElement.getBoundingClientRect().top];
  button.style.top = `${Math.max(log.offsetTop + 4, top - from - 14)}px`;
}
