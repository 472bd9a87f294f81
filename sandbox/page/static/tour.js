// The guided tour: a strip above the message box that shows the steps, does one, or leads through it by hand.

import * as api from "./api.js";
import { h, icon, reconcile } from "./dom.js";
import * as coachMarks from "./coach_marks.js";
import { scrollTo } from "./scroll_to_message.js";
import { showSidebar } from "./sidebar.js";
import { address, state, update } from "./state.js";
import { refreshTour } from "./sync.js";

const CLOSED = "tour-closed";
const FINISHED = "That was the tour. Now look around: choose another person, or move the calendar.";

const panel = document.getElementById("tour");
const list = h("ol.tour-steps");
const closeButton = h("button.quiet", { type: "button", "aria-label": "Close the tour", onclick: () => open(false) }, icon("close"));
const resultText = h("p.tour-result", { role: "status" });
const description = h("p.tour-description", { id: "tour-description", role: "status" });
const errorText = h("p.tour-error", { role: "alert" });
const about = { type: "button", "aria-describedby": "tour-description" };
const show = h("button", { ...about, onclick: showIt }, "Show me");
const perform = h("button.primary", { ...about, onclick: doIt }, "Do it for me");
let selected = ""; // the key of the step that was selected in the list
let awaited = null; // { key, started } of the step that is being done for this page
let result = ""; // the result of the step that was done last
let startError = ""; // why a step could not start

const steps = () => state.tour?.steps ?? [];
const find = (key) => steps().find((step) => step.key === key);
const chosen = () => find(state.leading) ?? find(selected) ?? find(state.tour?.current) ?? steps().at(-1);
const isClosed = () => localStorage.getItem(CLOSED) !== null;

/** A button that opens the tour; hidden if there is none. */
export function tourButton() {
  const button = h("button.take-tour", { type: "button", onclick: () => open(true) }, "Take the tour");
  button.hidden = !steps().length;
  return button;
}

export function setUp() {
  panel.append(
    h("div.tour-head", {}, list, closeButton),
    h("div.tour-body", {}, h("div.tour-text", {}, resultText, description, errorText), h("div.tour-buttons", {}, show, perform)),
  );
  panel.addEventListener("keydown", (event) => event.key === "Escape" && coachMarks.stop());
  document.querySelector(".workspace").append(tourButton());
}

function open(yes) {
  if (yes) localStorage.removeItem(CLOSED);
  else localStorage.setItem(CLOSED, "yes");
  coachMarks.stop();
  showSidebar(false);
  update({});
  render();
  if (yes) (perform.hidden ? show : perform).focus();
  else document.querySelector(".take-tour")?.focus();
}

/** Selects a step in the list. */
function select(key) {
  coachMarks.stop();
  [selected, result, startError] = [key, "", ""];
  update({});
}

async function doIt() {
  const step = chosen();
  if (!step || state.tour.running) return;
  coachMarks.stop();
  result = "";
  const answer = await api.doStep(step.key);
  startError = answer.ok === false ? answer.error : "";
  if (!startError) awaited = { key: step.key, started: answer.started };
  await refreshTour();
}

/** Leads through the step, or through its first missing prerequisite. */
async function showIt() {
  const step = chosen();
  if (!step || state.tour.running) return;
  [selected, result, startError] = ["", "", ""];
  coachMarks.lead(step.prerequisite || step.key, showResult);
}

/** Opens the message that shows a step's result. */
async function showResult(key) {
  const { look } = await api.tour(key).catch(() => ({}));
  if (!look?.landing) return;
  const { person, channel, ts } = look.landing;
  selected = "";
  result = find(key)?.after ?? "";
  scrollTo(person, channel, ts);
  if (state.person !== person || state.channel !== channel) location.hash = address(person, channel);
  update({});
}

/** Shows the result once the step that is being done for this page has ended. */
function checkAwaited() {
  if (!awaited || state.tour.running || state.tour.started < awaited.started) return;
  const { key } = awaited;
  awaited = null;
  if (find(key)?.done) showResult(key);
  else selected = key;
}

function stepRow({ step, number, isChosen }) {
  const mark = step.done ? icon("check") : h("span.tour-number", { "aria-hidden": "true" }, String(number));
  const label = step.done ? `${step.title}, done` : step.title;
  const row = { type: "button", "aria-label": label, "data-focus": step.key, onclick: () => select(step.key) };
  const name = h("span.tour-title", {}, step.title);
  return h("li", {}, h("button.quiet", { ...row, "aria-current": isChosen ? "step" : null }, mark, name));
}

/** Sets the text only if it is new, so that screen readers read nothing twice. */
function setText(node, sentence) {
  if (node.textContent !== sentence) node.textContent = sentence;
}

export function render() {
  for (const button of document.querySelectorAll(".take-tour")) button.hidden = !steps().length;
  panel.hidden = !steps().length || isClosed();
  coachMarks.render();
  if (panel.hidden) return;
  checkAwaited();
  const step = chosen();
  const running = find(state.tour.running);
  const rows = steps().map(({ key, title, done }, index) => ({
    key,
    value: { step: { key, title, done }, number: index + 1, isChosen: key === (running ?? step).key },
  }));
  reconcile(list, rows, stepRow);
  setText(resultText, running ? "" : result);
  setText(description, coachMarks.stripText() || (result && !state.tour.current ? FINISHED : (running ?? step).text));
  setText(errorText, running ? "" : startError || step.error);
  const losesFocus = perform === document.activeElement && !running && step.done;
  perform.hidden = !running && step.done;
  if (losesFocus) show.focus();
  if (running) perform.setAttribute("aria-busy", "true");
  else perform.removeAttribute("aria-busy");
}
