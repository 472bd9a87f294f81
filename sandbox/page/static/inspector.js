// Inspector: a drawer for whoever wants to see what Slack and the app say to each other. Closed, it asks nothing.

import { freshId, h, icon } from "./dom.js";
import * as api from "./inspector_api.js";
import * as faults from "./inspector_faults.js";
import * as message from "./inspector_message.js";
import * as pick from "./message_picker.js";
import * as scopes from "./inspector_scopes.js";
import * as wire from "./inspector_traffic.js";

const NAME = "Inspector";
const KEY = "F2";

const parts = [
  { name: "Requests", ...wire },
  { name: "Message", ...message },
  { name: "Scopes and limits", ...scopes },
  { name: "Failures", ...faults },
].map((part) => ({ ...part, id: freshId("glass") }));

const opener = document.getElementById("glass-open");
const tabs = parts.map(({ name, id }, at) =>
  h("button.glass-tab", { type: "button", role: "tab", id: `${id}-tab`, "aria-controls": id, onclick: () => choose(at) }, name),
);
const panels = parts.map(({ id, node }) =>
  h("div.glass-panel", { id, role: "tabpanel", "aria-labelledby": `${id}-tab`, tabindex: "-1", hidden: true }, node),
);
const wider = h("button.quiet", { type: "button", "aria-pressed": "false", "aria-label": "Wide", onclick: widen }, icon("wider"));
const cross = h("button.quiet", { type: "button", "aria-label": `Close ${NAME}`, onclick: close }, icon("close"));
const drawer = h(
  "aside.glass",
  { popover: "manual", "aria-label": NAME, onkeydown: pressed },
  h("header.glass-head", {}, h("h2", {}, NAME), h("kbd", {}, KEY), wider, cross),
  h("div.glass-tabs", { role: "tablist", "aria-label": NAME, onkeydown: moved }, tabs),
  panels,
);
let chosen = 0;
let hangUp = null;
let cameFrom = null;

export function setUp() {
  opener.append(icon("glass"), h("span", {}, NAME));
  opener.title = `${NAME} (${KEY})`;
  opener.setAttribute("aria-label", NAME);
  opener.setAttribute("aria-keyshortcuts", KEY);
  opener.addEventListener("click", toggle);
  addEventListener("keydown", (event) => {
    if (event.key !== KEY || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    toggle();
  });
  pick.setUp({ isOpen: () => Boolean(hangUp), picked: (one, how) => show(one, how) });
}

const toggle = () => (hangUp ? close() : open());

function open() {
  cameFrom = document.activeElement;
  place();
  document.documentElement.classList.add("with-glass");
  opener.setAttribute("aria-expanded", "true");
  choose(chosen);
  tabs[chosen].focus();
  hangUp = api.listen(() => parts[chosen].heard?.());
}

function close() {
  hangUp();
  hangUp = null;
  parts[chosen].leave?.();
  drawer.hidePopover();
  drawer.remove();
  document.documentElement.classList.remove("with-glass");
  opener.setAttribute("aria-expanded", "false");
  (cameFrom?.isConnected && cameFrom !== document.body ? cameFrom : opener).focus();
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

/** A message was pointed at; `how` is "asked" when somebody asked for it, which opens the drawer. */
function show(one, how) {
  message.select(one);
  if (how === "asked") {
    chosen = hangUp ? chosen : 1;
    if (!hangUp) open();
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
  event.preventDefault(); // A form that lies beneath stays open.
  event.stopPropagation();
  close();
}

function widen() {
  const wide = drawer.classList.toggle("wide");
  document.documentElement.classList.toggle("with-wide-glass", wide);
  wider.setAttribute("aria-pressed", String(wide));
}

/** Where a form is open, the drawer lies in it: nothing else can be used meanwhile. */
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
  if (!hangUp) return;
  place();
  parts[chosen].render?.();
}
