// The guided tour: a strip above the message box which says where one is, does a step, or shows how it is done by hand.

import * as api from "./api.js";
import { h, icon, reconcile } from "./dom.js";
import * as guide from "./coach_marks.js";
import { seek } from "./scroll_to_message.js";
import { showSidebar } from "./sidebar.js";
import { address, state, update } from "./state.js";
import { refreshTour } from "./sync.js";

const CLOSED = "tour-closed";
const FINALE = "That was the tour. Look around: be somebody else, or move the calendar.";

const panel = document.getElementById("tour");
const list = h("ol.tour-steps");
const cross = h("button.quiet", { type: "button", "aria-label": "Close the tour", onclick: () => open(false) }, icon("close"));
const said = h("p.tour-said", { role: "status" });
const words = h("p.tour-words", { id: "tour-words", role: "status" });
const trouble = h("p.tour-trouble", { role: "alert" });
const about = { type: "button", "aria-describedby": "tour-words" };
const show = h("button", { ...about, onclick: showIt }, "Show me");
const perform = h("button.primary", { ...about, onclick: doIt }, "Do it for me");
let picked = ""; // the key of the step that somebody chose to look at
let awaited = null; // { key, started } of the step that is being done for this page
let came = ""; // what came of the step that was done last
let refused = ""; // why a step could not begin

const steps = () => state.tour?.steps ?? [];
const find = (key) => steps().find((step) => step.key === key);
const chosen = () => find(state.leading) ?? find(picked) ?? find(state.tour?.current) ?? steps().at(-1);
const isClosed = () => localStorage.getItem(CLOSED) !== null;

/** A button that opens the tour, for wherever a newcomer may look; hidden where there is no tour. */
export function tourButton() {
  const button = h("button.take-tour", { type: "button", onclick: () => open(true) }, "Take the tour");
  button.hidden = !steps().length;
  return button;
}

export function setUp() {
  panel.append(
    h("div.tour-head", {}, list, cross),
    h("div.tour-body", {}, h("div.tour-text", {}, said, words, trouble), h("div.tour-buttons", {}, show, perform)),
  );
  panel.addEventListener("keydown", (event) => event.key === "Escape" && guide.stop());
  document.querySelector(".workspace").append(tourButton());
}

function open(yes) {
  if (yes) localStorage.removeItem(CLOSED);
  else localStorage.setItem(CLOSED, "yes");
  guide.stop();
  showSidebar(false);
  update({});
  render();
  if (yes) (perform.hidden ? show : perform).focus();
  else document.querySelector(".take-tour")?.focus();
}

/** Looks at another step. */
function pick(key) {
  guide.stop();
  [picked, came, refused] = [key, "", ""];
  update({});
}

async function doIt() {
  const step = chosen();
  if (!step || state.tour.running) return;
  guide.stop();
  came = "";
  const answer = await api.doStep(step.key);
  refused = answer.ok === false ? answer.error : "";
  if (!refused) awaited = { key: step.key, started: answer.started };
  await refreshTour();
}

/** What it needs is shown first. */
async function showIt() {
  const step = chosen();
  if (!step || state.tour.running) return;
  [picked, came, refused] = ["", "", ""];
  guide.lead(step.first || step.key, arrive);
}

/** Goes where it can be seen that a step has happened. */
async function arrive(key) {
  const { look } = await api.tour(key).catch(() => ({}));
  if (!look?.landing) return;
  const { person, channel, ts } = look.landing;
  picked = "";
  came = find(key)?.after ?? "";
  seek(person, channel, ts);
  if (state.person !== person || state.channel !== channel) location.hash = address(person, channel);
  update({});
}

/** A step that was being done for this page, or shown on it, has come to its end. */
function settle() {
  if (!awaited || state.tour.running || state.tour.started < awaited.started) return;
  const { key } = awaited;
  awaited = null;
  if (find(key)?.done) arrive(key);
  else picked = key;
}

function stepRow({ step, number, isChosen }) {
  const mark = step.done ? icon("check") : h("span.tour-number", { "aria-hidden": "true" }, String(number));
  const label = step.done ? `${step.title}, done` : step.title;
  const row = { type: "button", "aria-label": label, "data-focus": step.key, onclick: () => pick(step.key) };
  const name = h("span.tour-title", {}, step.title);
  return h("li", {}, h("button.quiet", { ...row, "aria-current": isChosen ? "step" : null }, mark, name));
}

/** Says it, and only what is new, so that nothing is read out twice. */
function say(node, sentence) {
  if (node.textContent !== sentence) node.textContent = sentence;
}

export function render() {
  for (const button of document.querySelectorAll(".take-tour")) button.hidden = !steps().length;
  panel.hidden = !steps().length || isClosed();
  guide.render();
  if (panel.hidden) return;
  settle();
  const step = chosen();
  const running = find(state.tour.running);
  const rows = steps().map(({ key, title, done }, index) => ({
    key,
    value: { step: { key, title, done }, number: index + 1, isChosen: key === (running ?? step).key },
  }));
  reconcile(list, rows, stepRow);
  say(said, running ? "" : came);
  say(words, guide.words() || (came && !state.tour.current ? FINALE : (running ?? step).text));
  say(trouble, running ? "" : refused || step.trouble);
  const leftover = perform === document.activeElement && !running && step.done;
  perform.hidden = !running && step.done;
  if (leftover) show.focus();
  if (running) perform.setAttribute("aria-busy", "true");
  else perform.removeAttribute("aria-busy");
}
