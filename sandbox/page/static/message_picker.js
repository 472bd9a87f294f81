// Choosing a message for the Inspector: a button beside it, or clicking or focusing it while the drawer is open.

import { h, icon } from "./dom.js";
import { state } from "./state.js";

const log = document.getElementById("log");
const button = h(
  "button.inspect-button",
  { type: "button", hidden: true, tabindex: "-1", title: "Inspector", "aria-label": "Inspect this message" },
  icon("inspect"),
);
let hovered = null;

const rowOf = (event) => event.target.closest?.("li.message");
const messageOf = (row) => ({ channel: state.channel, ts: row.dataset.ts });

/** Calls `onPick({ channel, ts }, byButton)`; without the button only while the drawer `isOpen()`. */
export function setUp({ isOpen, onPick }) {
  log.after(button);
  log.addEventListener("pointerover", (event) => event.pointerType === "mouse" && place(rowOf(event)));
  log.parentElement.addEventListener("pointerleave", () => place(null));
  log.addEventListener("scroll", () => place(hovered), { passive: true });
  button.addEventListener("click", () => hovered?.isConnected && onPick(messageOf(hovered), true));
  const follow = (event) => {
    const row = isOpen() && rowOf(event);
    if (row) onPick(messageOf(row), false);
  };
  log.addEventListener("click", follow);
  log.addEventListener("focusin", follow);
}

function place(row) {
  hovered = row?.isConnected ? row : null;
  button.hidden = !hovered;
  if (!hovered) return;
  // On the upper edge of the message, where it has no buttons.
  const [top, from] = [row.getBoundingClientRect().top, log.parentElement.getBoundingClientRect().top];
  button.style.top = `${Math.max(log.offsetTop + 4, top - from - 14)}px`;
}
