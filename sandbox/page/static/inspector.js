// The Inspector: a drawer that shows the traffic between Slack and the app, and can cause failures. Closed, it makes no
// requests.

import { freshId, h, icon } from "./dom.js";
import * as api from "./inspector_api.js";
import * as faults from "./inspector_faults.js";
import * as message from "./inspector_message.js";
import * as scopes from "./inspector_scopes.js";
import * as traffic from "./inspector_traffic.js";
import * as messagePicker from "./message_picker.js";

const NAME = "Inspector";
const KEY = "F2";

const parts = [
  { name: "Requests", ...traffic },
  { name: "Message", ...message },
  { name: "Scopes and limits", ...scopes },
  { name: "Failures", ...faults },
].map((part) => ({ ...part, id: freshId("inspector") }));

const opener = document.getElementById("inspector-open");
const tabs = parts.map(({ name, id }, at) =>
  h("button.inspector-tab", { type: "button", role: "tab", id: `${id}-tab`, "aria-controls": id, onclick: () => choose(at) }, name),
);
const panels = parts.map(({ id, node }) =>
  h("div.inspector-panel", { id, role: "tabpanel", "aria-labelledby": `${id}-tab`, tabindex: "-1", hidden: true }, node),
);
const wider = h("button.quiet", { type: "button", "aria-pressed": "false", "aria-label": "Wide", onclick: widen }, icon("wider"));
const closeButton = h("button.quiet", { type: "button", "aria-label": `Close ${NAME}`, onclick: close }, icon("close"));
const drawer = h(
  "aside.inspector",
  { popover: "manual", "aria-label": NAME, onkeydown: pressed },
  h("header.inspector-head", {}, h("h2", {}, NAME), h("kbd", {}, KEY), wider, closeButton),
  h("div.inspector-tabs", { role: "tablist", "aria-label": NAME, onkeydown: moved }, tabs),
  panels,
);
let chosen = 0;
let stopListening = null; // set while the drawer is open
let focusedBefore = null;

export function setUp() {
  opener.append(icon("inspect"), h("span", {}, NAME));
  opener.title = `${NAME} (${KEY})`;
  opener.setAttribute("aria-label", NAME);
  opener.setAttribute("aria-keyshortcuts", KEY);
  opener.addEventListener("click", toggle);
  addEventListener("keydown", (event) => {
    if (event.key !== KEY || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    toggle();
  });
  messagePicker.setUp({ isOpen: () => Boolean(stopListening), onPick: show });
}

const toggle = () => (stopListening ? close() : open());

function open() {
  focusedBefore = document.activeElement;
  place();
  document.documentElement.classList.add("with-inspector");
  opener.setAttribute("aria-expanded", "true");
  choose(chosen);
  tabs[chosen].focus();
  stopListening = api.listen(() => parts[chosen].onTraffic?.());
}

function close() {
  stopListening();
  stopListening = null;
  parts[chosen].leave?.();
  drawer.hidePopover();
  drawer.remove();
  document.documentElement.classList.remove("with-inspector");
  opener.setAttribute("aria-expanded", "false");
  (focusedBefore?.isConnected && focusedBefore !== document.body ? focusedBefore : opener).focus();
}

function choose(at) {
  if (at !== chosen) parts[chosen].leave?.();
  chosen = at;
  tabs.forEach((tab, place) => {
    tab.setAttribute("aria-selected", String(place === at));
    tab.tabIndex = place === at ? 0 : -1;
    panels[place].hidden = place !== at;
  });
  parts[at].enter();
}

/** Shows a message: by its button, which opens the drawer, or because the person clicked it while the drawer is open. */
function show(one, byButton) {
  message.select(one);
  if (byButton) {
    chosen = stopListening ? chosen : 1;
    if (!stopListening) open();
    else choose(1);
  } else if (parts[chosen].node === message.node) message.render();
}

function moved(event) {
  const to = { ArrowRight: chosen + 1, ArrowLeft: chosen - 1, Home: 0, End: tabs.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  choose((to + tabs.length) % tabs.length);
  tabs[chosen].focus();
}

function pressed(event) {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  event.preventDefault(); // A form beneath stays open.
  event.stopPropagation();
  close();
}

function widen() {
  const wide = drawer.classList.toggle("wide");
  document.documentElement.classList.toggle("with-wide-inspector", wide);
  wider.setAttribute("aria-pressed", String(wide));
}

/** Puts the drawer into an open form, since nothing outside of it can be used. */
function place() {
  const home = document.querySelector("dialog.modal[open]") ?? document.body;
  if (drawer.parentElement === home && drawer.matches(":popover-open")) return;
  const scrolled = panels.map((panel) => panel.scrollTop);
  const focused = drawer.contains(document.activeElement) ? document.activeElement : null;
  home.append(drawer);
  drawer.showPopover();
  panels.forEach((panel, at) => (panel.scrollTop = scrolled[at]));
  focused?.focus({ preventScroll: true });
}

export function render() {
  if (!stopListening) return;
  place();
  parts[chosen].render?.();
}
